#include "tape.hpp"

static adouble particle(const long *size, const double *data, const adouble *start) {
    adouble x = start[0], y = start[1], vx = start[2], vy = start[3];
    double step = 1.0 / double(size[1]);
    while (y > 0) {
        adouble ax = 0, ay = -1;
        for (long i = 0; i < size[0]; i++) {
            adouble dx = x - data[3 * i], dy = y - data[3 * i + 1];
            adouble square = dx * dx + dy * dy + 0.1;
            adouble pull = data[3 * i + 2] / (square * sqrt(square));
            ax += pull * dx;
            ay += pull * dy;
        }
        x += step * vx;
        y += step * vy;
        vx += step * ax;
        vy += step * ay;
    }
    x -= y * vx / vy;
    return 0.5 * x * x;
}

TAPE(particle)
