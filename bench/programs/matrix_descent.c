/* Gradient descent on |W X - Y|^2 / 2, as a function of where it starts and of X: the loss after a
 * number of steps. Variables: W (n x n), then X (n x m); data: Y (n x m). */
#include "program.h"

#include <stdlib.h>
#include <string.h>

static const double rate = 1e-3;

/* r = W X - Y */
static void residual(long n, long m, const double *restrict w, const double *restrict x,
                     const double *restrict y, double *restrict r) {
    for (long i = 0; i < n; i++) {
        for (long j = 0; j < m; j++)
            r[i * m + j] = -y[i * m + j];
        for (long k = 0; k < n; k++)
            for (long j = 0; j < m; j++)
                r[i * m + j] += w[i * n + k] * x[k * m + j];
    }
}

/* c += scale a b', of n x m matrices */
static void outer(long n, long m, double scale, const double *restrict a, const double *restrict b,
                  double *restrict c) {
    for (long i = 0; i < n; i++)
        for (long k = 0; k < n; k++) {
            double sum = 0;
            for (long j = 0; j < m; j++)
                sum += a[i * m + j] * b[k * m + j];
            c[i * n + k] += scale * sum;
        }
}

static double descent(long n, long m, long steps, const double *restrict y,
                      const double *restrict start) {
    const double *x = start + n * n;
    double *w = (double *)malloc(sizeof(double) * (size_t)(n * n));
    double *r = (double *)malloc(sizeof(double) * (size_t)(n * m));
    memcpy(w, start, sizeof(double) * (size_t)(n * n));
    for (long t = 0; t < steps; t++) {
        residual(n, m, w, x, y, r);
        outer(n, m, -rate, r, x, w);
    }
    residual(n, m, w, x, y, r);
    double sum = 0;
    for (long i = 0; i < n * m; i++)
        sum += r[i] * r[i];
    free(r);
    free(w);
    return 0.5 * sum;
}

PROGRAM(descent, p->size[0], p->size[1], p->size[2], FIXED(p->data))

#ifdef HAND
/* c += scale a' b, of an n x k and an n x m matrix */
static void inner(long n, long k, long m, double scale, const double *restrict a,
                  const double *restrict b, double *restrict c) {
    for (long i = 0; i < n; i++)
        for (long l = 0; l < k; l++)
            for (long j = 0; j < m; j++)
                c[l * m + j] += scale * a[i * k + l] * b[i * m + j];
}

void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0], m = p->size[1], steps = p->size[2], square = n * n;
    const double *x = p->x + square;
    double *dx_x = dx + square;
    double *ws = malloc(sizeof(double) * (size_t)(square * (steps + 2) + 2 * n * m));
    double *d = ws + square * (steps + 1), *r = d + square, *dr = r + n * m;
    memcpy(ws, p->x, sizeof(double) * (size_t)square);
    for (long t = 0; t < steps; t++) {
        double *then = ws + (t + 1) * square;
        memcpy(then, then - square, sizeof(double) * (size_t)square);
        residual(n, m, then, x, p->data, r);
        outer(n, m, -rate, r, x, then);
    }
    residual(n, m, ws + steps * square, x, p->data, r);
    memset(d, 0, sizeof(double) * (size_t)square);
    outer(n, m, 1, r, x, d);
    inner(n, n, m, 1, ws + steps * square, r, dx_x);
    for (long t = steps - 1; t >= 0; t--) {
        const double *w = ws + t * square;
        residual(n, m, w, x, p->data, r);
        memset(dr, 0, sizeof(double) * (size_t)(n * m));
        for (long i = 0; i < n; i++)
            for (long k = 0; k < n; k++)
                for (long j = 0; j < m; j++)
                    dr[i * m + j] -= rate * d[i * n + k] * x[k * m + j];
        inner(n, n, m, -rate, d, r, dx_x);
        outer(n, m, 1, dr, x, d);
        inner(n, n, m, 1, w, dr, dx_x);
    }
    for (long i = 0; i < square; i++)
        dx[i] += d[i];
    free(ws);
}

static size_t inputs(const long *size) { return (size_t)(size[0] * (size[0] + size[1])); }
static size_t data(const long *size) { return (size_t)(size[0] * size[1]); }
const Spec spec = {"matrix-descent", 3, {"n", "m", "steps"}, {16, 24, 50}, inputs, data};
#endif
