/* Lorenz 96, x_i' = (x_{i+1} - x_{i-2}) x_{i-1} - x_i + 8, by the classical Runge-Kutta method. The
 * objective is half the squared norm of the last state; the variables are the first one. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const double step = 0.01;

static void slope(long n, const double *restrict x, double *restrict y) {
    for (long i = 0; i < n; i++) {
        long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
        long before = last == 0 ? n - 1 : last - 1;
        y[i] = (x[next] - x[before]) * x[last] - x[i] + 8;
    }
}

static void shifted(long n, const double *restrict x, double h, const double *restrict k,
                    double *restrict y) {
    for (long i = 0; i < n; i++)
        y[i] = x[i] + h * k[i];
}

static void stages(long n, const double *restrict x, double *restrict k, double *restrict y) {
    slope(n, x, k);
    shifted(n, x, step / 2, k, y);
    slope(n, y, k + n);
    shifted(n, x, step / 2, k + n, y);
    slope(n, y, k + 2 * n);
    shifted(n, x, step, k + 2 * n, y);
    slope(n, y, k + 3 * n);
}

static double rk4(long n, long steps, const double *restrict start) {
    double *x = (double *)malloc(sizeof(double) * (size_t)n);
    double *k = (double *)malloc(sizeof(double) * (size_t)(4 * n));
    double *y = (double *)malloc(sizeof(double) * (size_t)n);
    memcpy(x, start, sizeof(double) * (size_t)n);
    for (long t = 0; t < steps; t++) {
        stages(n, x, k, y);
        for (long i = 0; i < n; i++)
            x[i] += step / 6 * (k[i] + 2 * k[n + i] + 2 * k[2 * n + i] + k[3 * n + i]);
    }
    double sum = 0;
    for (long i = 0; i < n; i++)
        sum += x[i] * x[i];
    free(y);
    free(k);
    free(x);
    return 0.5 * sum;
}

PROGRAM(rk4, p->size[0], p->size[1])

#ifdef HAND
/* dx += J(x)' dy */
static void back(long n, const double *restrict x, const double *restrict dy, double *restrict dx) {
    for (long i = 0; i < n; i++) {
        long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
        long before = last == 0 ? n - 1 : last - 1;
        dx[next] += dy[i] * x[last];
        dx[before] -= dy[i] * x[last];
        dx[last] += dy[i] * (x[next] - x[before]);
        dx[i] -= dy[i];
    }
}

/* One step backwards; the states of the stages are computed again. */
static void undo(long n, const double *restrict x, double *restrict a, double *restrict work) {
    double *k = work, *y = work + 4 * n, *dk = work + 7 * n, *dy = work + 8 * n;
    slope(n, x, k);
    shifted(n, x, step / 2, k, y);
    slope(n, y, k + n);
    shifted(n, x, step / 2, k + n, y + n);
    slope(n, y + n, k + 2 * n);
    shifted(n, x, step, k + 2 * n, y + 2 * n);
    double *sum = dy + n;
    memset(sum, 0, sizeof(double) * (size_t)n);
    memset(dy, 0, sizeof(double) * (size_t)n);
    const double weights[4] = {step / 6, step / 3, step / 3, step / 6};
    const double shifts[3] = {step / 2, step / 2, step};
    for (int stage = 3; stage >= 0; stage--) {
        double h = stage < 3 ? shifts[stage] : 0;
        for (long i = 0; i < n; i++) {
            dk[i] = weights[stage] * a[i] + h * dy[i];
            dy[i] = 0;
        }
        back(n, stage ? y + (stage - 1) * n : x, dk, dy);
        for (long i = 0; i < n; i++)
            sum[i] += dy[i];
    }
    for (long i = 0; i < n; i++)
        a[i] += sum[i];
}

void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0], steps = p->size[1];
    double *states = malloc(sizeof(double) * (size_t)(n * (steps + 12)));
    double *a = states + n * (steps + 1), *work = a + n;
    memcpy(states, p->x, sizeof(double) * (size_t)n);
    for (long t = 0; t < steps; t++) {
        const double *x = states + t * n;
        stages(n, x, work, a);
        for (long i = 0; i < n; i++)
            states[(t + 1) * n + i] = x[i] + step / 6 * (work[i] + 2 * work[n + i] +
                                                         2 * work[2 * n + i] + work[3 * n + i]);
    }
    memcpy(a, states + steps * n, sizeof(double) * (size_t)n);
    for (long t = steps - 1; t >= 0; t--)
        undo(n, states + t * n, a, work);
    for (long i = 0; i < n; i++)
        dx[i] += a[i];
    free(states);
}

static size_t inputs(const long *size) { return (size_t)size[0]; }
const Spec spec = {"rk4", 2, {"n", "steps"}, {40, 200}, inputs};
#endif
