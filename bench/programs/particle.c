/* A charged particle among fixed charges, by Euler steps until it hits the ground y = 0; the objective
 * is half the square of where. Variables: x, y, their velocities; data: (x, y, strength) a charge. */
#include "program.h"

#include <math.h>
#include <stdlib.h>

static double particle(long charges, long parts, const double *restrict data,
                       const double *restrict start) {
    double x = start[0], y = start[1], vx = start[2], vy = start[3];
    double step = 1.0 / (double)parts;
    while (y > 0) {
        double ax = 0, ay = -1;
        for (long i = 0; i < charges; i++) {
            double dx = x - data[3 * i], dy = y - data[3 * i + 1];
            double square = dx * dx + dy * dy + 0.1;
            double pull = data[3 * i + 2] / (square * sqrt(square));
            ax += pull * dx;
            ay += pull * dy;
        }
        x += step * vx;
        y += step * vy;
        vx += step * ax;
        vy += step * ay;
    }
    /* Back along the last step to the ground. */
    x -= y * vx / vy;
    return 0.5 * x * x;
}

PROGRAM(particle, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
typedef struct Body {
    double x, y, vx, vy;
} Body;

static void force(long charges, const double *restrict data, const Body *b, double *ax, double *ay) {
    *ax = 0;
    *ay = -1;
    for (long i = 0; i < charges; i++) {
        double dx = b->x - data[3 * i], dy = b->y - data[3 * i + 1];
        double square = dx * dx + dy * dy + 0.1;
        double pull = data[3 * i + 2] / (square * sqrt(square));
        *ax += pull * dx;
        *ay += pull * dy;
    }
}

/* The adjoint of the position in the force. */
static void force_back(long charges, const double *restrict data, const Body *b, double ax,
                       double ay, Body *d) {
    for (long i = 0; i < charges; i++) {
        double dx = b->x - data[3 * i], dy = b->y - data[3 * i + 1];
        double square = dx * dx + dy * dy + 0.1;
        double pull = data[3 * i + 2] / (square * sqrt(square));
        double along = -3 * pull * (ax * dx + ay * dy) / square;
        d->x += pull * ax + along * dx;
        d->y += pull * ay + along * dy;
    }
}

void hand(const Problem *p, double *restrict dx) {
    long room = 1024, count = 0;
    Body *path = malloc(sizeof(Body) * (size_t)room);
    Body b = {p->x[0], p->x[1], p->x[2], p->x[3]};
    double step = 1.0 / (double)p->size[1];
    while (b.y > 0) {
        double ax, ay;
        if (count == room)
            path = realloc(path, sizeof(Body) * (size_t)(room *= 2));
        path[count++] = b;
        force(p->size[0], p->data, &b, &ax, &ay);
        b = (Body){b.x + step * b.vx, b.y + step * b.vy, b.vx + step * ax, b.vy + step * ay};
    }
    double x = b.x - b.y * b.vx / b.vy;
    Body d = {x, -x * b.vx / b.vy, -x * b.y / b.vy, x * b.y * b.vx / (b.vy * b.vy)};
    while (count-- > 0) {
        Body old = d;
        d.vx += step * old.x;
        d.vy += step * old.y;
        force_back(p->size[0], p->data, &path[count], step * old.vx, step * old.vy, &d);
    }
    dx[0] += d.x;
    dx[1] += d.y;
    dx[2] += d.vx;
    dx[3] += d.vy;
    free(path);
}

static size_t inputs(const long *size) {
    (void)size;
    return 4;
}
static size_t data(const long *size) { return (size_t)(3 * size[0]); }
static void prepare(Problem *p) {
    p->x[0] = 0, p->x[1] = 2, p->x[2] = 0.8, p->x[3] = 0.3;
    for (long i = 0; i < p->size[0]; i++)
        p->data[3 * i + 2] *= 0.02;
}
const Spec spec = {"particle", 2, {"charges", "parts"}, {8, 1000}, inputs, data, prepare};
#endif
