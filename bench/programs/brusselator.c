/* The Brusselator on a periodic n x n grid by explicit Euler steps:
 *
 *   u' = 1 + u^2 v - 4.4 u + D lap u,   v' = 3.4 u - u^2 v + D lap v
 *
 * The objective is half the squared norm of the last state; the variables are the first one. */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const double step = 1e-3, diffusion = 0.1;

static void advance(long n, const double *restrict now, double *restrict then) {
    const double *u = now, *v = now + n * n;
    double scale = diffusion * (double)(n * n) / 100;
    for (long i = 0; i < n; i++) {
        long up = (i == 0 ? n - 1 : i - 1) * n, down = (i == n - 1 ? 0 : i + 1) * n;
        for (long j = 0; j < n; j++) {
            long left = j == 0 ? n - 1 : j - 1, right = j == n - 1 ? 0 : j + 1, at = i * n + j;
            double a = u[at], b = v[at];
            double lap_u = u[up + j] + u[down + j] + u[i * n + left] + u[i * n + right] - 4 * a;
            double lap_v = v[up + j] + v[down + j] + v[i * n + left] + v[i * n + right] - 4 * b;
            then[at] = a + step * (1 + a * a * b - 4.4 * a + scale * lap_u);
            then[n * n + at] = b + step * (3.4 * a - a * a * b + scale * lap_v);
        }
    }
}

static double brusselator(long n, long steps, const double *restrict x) {
    size_t bytes = sizeof(double) * (size_t)(2 * n * n);
    double *now = (double *)malloc(bytes), *then = (double *)malloc(bytes);
    memcpy(now, x, bytes);
    for (long t = 0; t < steps; t++) {
        advance(n, now, then);
        memcpy(now, then, bytes);
    }
    double sum = 0;
    for (long i = 0; i < 2 * n * n; i++)
        sum += now[i] * now[i];
    free(then);
    free(now);
    return 0.5 * sum;
}

PROGRAM(brusselator, p->size[0], p->size[1])

#ifdef HAND
static void back(long n, const double *restrict now, const double *restrict dthen,
                 double *restrict dnow) {
    const double *u = now, *v = now + n * n, *p = dthen, *q = dthen + n * n;
    double *du = dnow, *dv = dnow + n * n;
    double scale = diffusion * (double)(n * n) / 100;
    for (long i = 0; i < n; i++) {
        long up = (i == 0 ? n - 1 : i - 1) * n, down = (i == n - 1 ? 0 : i + 1) * n;
        for (long j = 0; j < n; j++) {
            long left = j == 0 ? n - 1 : j - 1, right = j == n - 1 ? 0 : j + 1, at = i * n + j;
            double a = u[at], b = v[at], s = p[at], t = q[at];
            double lap_s = p[up + j] + p[down + j] + p[i * n + left] + p[i * n + right] - 4 * s;
            double lap_t = q[up + j] + q[down + j] + q[i * n + left] + q[i * n + right] - 4 * t;
            du[at] = s + step * ((2 * a * b - 4.4) * s + (3.4 - 2 * a * b) * t + scale * lap_s);
            dv[at] = t + step * (a * a * (s - t) + scale * lap_t);
        }
    }
}

void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0], steps = p->size[1], m = 2 * n * n;
    double *states = malloc(sizeof(double) * (size_t)(m * (steps + 3)));
    double *adjoint = states + m * (steps + 1), *before = adjoint + m;
    memcpy(states, p->x, sizeof(double) * (size_t)m);
    for (long t = 0; t < steps; t++)
        advance(n, states + t * m, states + (t + 1) * m);
    memcpy(adjoint, states + steps * m, sizeof(double) * (size_t)m);
    for (long t = steps - 1; t >= 0; t--) {
        back(n, states + t * m, adjoint, before);
        double *swap = adjoint;
        adjoint = before;
        before = swap;
    }
    for (long i = 0; i < m; i++)
        dx[i] += adjoint[i];
    free(states);
}

static size_t inputs(const long *size) { return (size_t)(2 * size[0] * size[0]); }
static void prepare(Problem *p) {
    for (size_t i = 0; i < p->inputs; i++)
        p->x[i] = 1 + 0.1 * p->x[i];
}
const Spec spec = {"brusselator", 2, {"n", "steps"}, {32, 100}, inputs, NULL, prepare};
#endif
