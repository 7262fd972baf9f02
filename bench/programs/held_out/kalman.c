/* The negative log likelihood of scalar observations under a Kalman filter: state m, covariance P,
 *
 *   m = F m, P = F P F' + q I,   s = P_00 + r,  e = z - m_0,  k = P_0 / s,   m += k e, P -= k k' s
 *
 * The variables are F, then log q and log r; data: the observations. */
#include "program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

static void predict(long n, const double *restrict f, double q, const double *restrict m,
                    const double *restrict c, double *restrict fc, double *restrict to_m,
                    double *restrict to_c) {
    for (long i = 0; i < n; i++) {
        double sum = 0;
        for (long j = 0; j < n; j++)
            sum += f[i * n + j] * m[j];
        to_m[i] = sum;
        for (long j = 0; j < n; j++) {
            double product = 0;
            for (long k = 0; k < n; k++)
                product += f[i * n + k] * c[k * n + j];
            fc[i * n + j] = product;
        }
    }
    for (long i = 0; i < n; i++)
        for (long j = 0; j < n; j++) {
            double sum = i == j ? q : 0;
            for (long k = 0; k < n; k++)
                sum += fc[i * n + k] * f[j * n + k];
            to_c[i * n + j] = sum;
        }
}

/* m, c become what they are after the observation z; returns its share of the objective. */
static double update(long n, double r, double z, double *restrict m, double *restrict c,
                     double *restrict gain) {
    double s = c[0] + r, e = z - m[0];
    for (long i = 0; i < n; i++)
        gain[i] = c[i * n] / s;
    for (long i = 0; i < n; i++) {
        m[i] += gain[i] * e;
        for (long j = 0; j < n; j++)
            c[i * n + j] -= gain[i] * gain[j] * s;
    }
    return 0.5 * (log(s) + e * e / s);
}

static double kalman(long n, long steps, const double *restrict z, const double *restrict x) {
    double q = exp(x[n * n]), r = exp(x[n * n + 1]), sum = 0;
    size_t square = sizeof(double) * (size_t)(n * n), line = sizeof(double) * (size_t)n;
    double *m = (double *)calloc((size_t)n, sizeof(double));
    double *to_m = (double *)malloc(line), *gain = (double *)malloc(line);
    double *c = (double *)calloc((size_t)(n * n), sizeof(double));
    double *to_c = (double *)malloc(square), *fc = (double *)malloc(square);
    for (long i = 0; i < n; i++)
        c[i * n + i] = 1;
    for (long t = 0; t < steps; t++) {
        predict(n, x, q, m, c, fc, to_m, to_c);
        sum += update(n, r, z[t], to_m, to_c, gain);
        memcpy(m, to_m, line);
        memcpy(c, to_c, square);
    }
    free(fc);
    free(to_c);
    free(c);
    free(gain);
    free(to_m);
    free(m);
    return sum;
}

PROGRAM(kalman, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
/* (dm, dc): adjoints after one step, then before it; m, c: the state before it. */
static void undo(long n, const double *restrict f, double q, double r, double z,
                 const double *restrict m, const double *restrict c, double *restrict dm,
                 double *restrict dc, double *restrict dx, double *restrict work) {
    double *fc = work, *a = fc + n * n, *b = a + n, *gain = b + n * n, *dg = gain + n;
    double *db = dg + n, *dfc = db + n * n;
    predict(n, f, q, m, c, fc, a, b);
    double s = b[0] + r, e = z - a[0], de = e / s, ds = 0.5 / s - 0.5 * e * e / (s * s);
    for (long i = 0; i < n; i++)
        gain[i] = b[i * n] / s;
    memcpy(db, dc, sizeof(double) * (size_t)(n * n));
    for (long i = 0; i < n; i++) {
        dg[i] = dm[i] * e;
        de += dm[i] * gain[i];
        for (long j = 0; j < n; j++) {
            dg[i] -= (dc[i * n + j] + dc[j * n + i]) * gain[j] * s;
            ds -= dc[i * n + j] * gain[i] * gain[j];
        }
    }
    for (long i = 0; i < n; i++) {
        db[i * n] += dg[i] / s;
        ds -= dg[i] * gain[i] / s;
    }
    db[0] += ds;
    dx[n * n + 1] += ds * r;
    dm[0] -= de;
    memset(dfc, 0, sizeof(double) * (size_t)(n * n));
    memset(dc, 0, sizeof(double) * (size_t)(n * n));
    for (long i = 0; i < n; i++) {
        dx[n * n] += db[i * n + i] * q;
        for (long j = 0; j < n; j++)
            for (long k = 0; k < n; k++) {
                dfc[i * n + k] += db[i * n + j] * f[j * n + k];
                dx[j * n + k] += db[i * n + j] * fc[i * n + k];
            }
    }
    double *old = a;
    memcpy(old, dm, sizeof(double) * (size_t)n);
    memset(dm, 0, sizeof(double) * (size_t)n);
    for (long i = 0; i < n; i++)
        for (long k = 0; k < n; k++) {
            double sum = old[i] * m[k];
            dm[k] += old[i] * f[i * n + k];
            for (long j = 0; j < n; j++) {
                sum += dfc[i * n + j] * c[k * n + j];
                dc[k * n + j] += dfc[i * n + j] * f[i * n + k];
            }
            dx[i * n + k] += sum;
        }
}

void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0], steps = p->size[1], room = n + n * n;
    double q = exp(p->x[n * n]), r = exp(p->x[n * n + 1]);
    double *states = calloc((size_t)(room * (steps + 2) + 6 * room), sizeof(double));
    double *d = states + room * (steps + 1), *work = d + room;
    for (long i = 0; i < n; i++)
        states[n + i * n + i] = 1;
    for (long t = 0; t < steps; t++) {
        double *s = states + t * room, *next = s + room;
        predict(n, p->x, q, s, s + n, work, next, next + n);
        update(n, r, p->data[t], next, next + n, work);
    }
    for (long t = steps - 1; t >= 0; t--) {
        const double *s = states + t * room;
        undo(n, p->x, q, r, p->data[t], s, s + n, d, d + n, dx, work);
    }
    free(states);
}

static size_t inputs(const long *size) { return (size_t)(size[0] * size[0] + 2); }
static size_t data(const long *size) { return (size_t)size[1]; }
static void prepare(Problem *p) {
    long n = p->size[0];
    for (long i = 0; i < n * n; i++)
        p->x[i] = 0.2 * p->x[i] / (double)n + (i % (n + 1) == 0 ? 0.8 : 0);
}
const Spec spec = {"kalman", 2, {"n", "steps"}, {6, 200}, inputs, data, prepare};
#endif
