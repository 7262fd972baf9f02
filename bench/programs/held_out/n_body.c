/* Bodies that attract each other, by leapfrog steps. The objective is half the squared norm of the last
 * positions; the variables are the first positions, then the first velocities; data: masses. */
#include "program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static const double step = 1e-2, soft = 0.05;

/* v += h a(x) */
static void kick(long n, double h, const double *restrict mass, const double *restrict x,
                 double *restrict v) {
    for (long i = 0; i < n; i++)
        for (long j = i + 1; j < n; j++) {
            double d[3], square = soft;
            for (int c = 0; c < 3; c++) {
                d[c] = x[3 * j + c] - x[3 * i + c];
                square += d[c] * d[c];
            }
            double pull = h / (square * sqrt(square));
            for (int c = 0; c < 3; c++) {
                v[3 * i + c] += pull * mass[j] * d[c];
                v[3 * j + c] -= pull * mass[i] * d[c];
            }
        }
}

static double n_body(long n, long steps, const double *restrict mass, const double *restrict start) {
    double *x = (double *)malloc(sizeof(double) * (size_t)(3 * n));
    double *v = (double *)malloc(sizeof(double) * (size_t)(3 * n));
    memcpy(x, start, sizeof(double) * (size_t)(3 * n));
    memcpy(v, start + 3 * n, sizeof(double) * (size_t)(3 * n));
    for (long t = 0; t < steps; t++) {
        kick(n, 0.5 * step, mass, x, v);
        for (long i = 0; i < 3 * n; i++)
            x[i] += step * v[i];
        kick(n, 0.5 * step, mass, x, v);
    }
    double sum = 0;
    for (long i = 0; i < 3 * n; i++)
        sum += x[i] * x[i];
    free(v);
    free(x);
    return 0.5 * sum;
}

PROGRAM(n_body, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
/* dx += the adjoint of the positions in a kick whose velocities have the adjoint dv. */
static void kick_back(long n, double h, const double *restrict mass, const double *restrict x,
                      const double *restrict dv, double *restrict dx) {
    for (long i = 0; i < n; i++)
        for (long j = i + 1; j < n; j++) {
            double d[3], seed[3], square = soft, along = 0;
            for (int c = 0; c < 3; c++) {
                d[c] = x[3 * j + c] - x[3 * i + c];
                seed[c] = mass[j] * dv[3 * i + c] - mass[i] * dv[3 * j + c];
                square += d[c] * d[c];
                along += d[c] * seed[c];
            }
            double pull = h / (square * sqrt(square)), bend = -3 * pull * along / square;
            for (int c = 0; c < 3; c++) {
                double amount = pull * seed[c] + bend * d[c];
                dx[3 * j + c] += amount;
                dx[3 * i + c] -= amount;
            }
        }
}

void hand(const Problem *p, double *restrict dstart) {
    long n = p->size[0], m = 3 * n, steps = p->size[1];
    double *path = malloc(sizeof(double) * (size_t)(m * (steps + 3)));
    double *v = path + m * (steps + 1), *d = v + m;
    memcpy(path, p->x, sizeof(double) * (size_t)m);
    memcpy(v, p->x + m, sizeof(double) * (size_t)m);
    for (long t = 0; t < steps; t++) {
        double *x = path + t * m;
        kick(n, 0.5 * step, p->data, x, v);
        for (long i = 0; i < m; i++)
            x[m + i] = x[i] + step * v[i];
        kick(n, 0.5 * step, p->data, x + m, v);
    }
    /* From here v is the adjoint of the velocities. */
    memset(v, 0, sizeof(double) * (size_t)m);
    memcpy(d, path + steps * m, sizeof(double) * (size_t)m);
    for (long t = steps - 1; t >= 0; t--) {
        kick_back(n, 0.5 * step, p->data, path + (t + 1) * m, v, d);
        for (long i = 0; i < m; i++)
            v[i] += step * d[i];
        kick_back(n, 0.5 * step, p->data, path + t * m, v, d);
    }
    for (long i = 0; i < m; i++) {
        dstart[i] += d[i];
        dstart[m + i] += v[i];
    }
    free(path);
}

static size_t inputs(const long *size) { return (size_t)(6 * size[0]); }
static size_t data(const long *size) { return (size_t)size[0]; }
static void prepare(Problem *p) {
    for (long i = 0; i < p->size[0]; i++)
        p->data[i] = 0.2 + 0.1 * p->data[i] * p->data[i];
}
const Spec spec = {"n-body", 2, {"n", "steps"}, {20, 50}, inputs, data, prepare};
#endif
