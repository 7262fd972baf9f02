/* Linear blend skinning: a chain of bones, each turned by three angles against the one before; each
 * point of the skin is a weighted mean of where the bones would carry it, and is compared with data.
 *
 *   T_b = T_{b-1} A_b R(angles_b),   v_i = sum_b w_ib T_b p_i,   f = sum_i |v_i - q_i|^2 / 2
 *
 * Data: lengths of the bones, then for each point p_i, q_i and its weights. */
#include "program.h"

#include <math.h>
#include <stdlib.h>

/* A transform is a 3 x 4 matrix, by rows. */
enum { T = 12 };

/* r = Rz(c) Ry(b) Rx(a), moved by `length` along x. */
static void local(const double *restrict angles, double length, double *restrict r) {
    double sa = sin(angles[0]), ca = cos(angles[0]), sb = sin(angles[1]), cb = cos(angles[1]);
    double sc = sin(angles[2]), cc = cos(angles[2]);
    r[0] = cc * cb, r[1] = cc * sb * sa - sc * ca, r[2] = cc * sb * ca + sc * sa, r[3] = length;
    r[4] = sc * cb, r[5] = sc * sb * sa + cc * ca, r[6] = sc * sb * ca - cc * sa, r[7] = 0;
    r[8] = -sb, r[9] = cb * sa, r[10] = cb * ca, r[11] = 0;
}

/* c = a b */
static void chain(const double *restrict a, const double *restrict b, double *restrict c) {
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            c[4 * i + j] = a[4 * i] * b[j] + a[4 * i + 1] * b[4 + j] + a[4 * i + 2] * b[8 + j] +
                           (j == 3 ? a[4 * i + 3] : 0);
}

static void pose(long bones, const double *restrict data, const double *restrict angles,
                 double *restrict transforms) {
    local(angles, data[0], transforms);
    for (long b = 1; b < bones; b++) {
        double turn[T];
        local(angles + 3 * b, data[b], turn);
        chain(transforms + T * (b - 1), turn, transforms + T * b);
    }
}

static double tracking(long bones, long points, const double *restrict data,
                       const double *restrict angles) {
    double *transforms = (double *)malloc(sizeof(double) * (size_t)(T * bones));
    pose(bones, data, angles, transforms);
    double sum = 0;
    for (long i = 0; i < points; i++) {
        const double *p = data + bones + i * (6 + bones), *q = p + 3, *w = p + 6;
        double v[3] = {-q[0], -q[1], -q[2]};
        for (long b = 0; b < bones; b++) {
            const double *t = transforms + T * b;
            for (int r = 0; r < 3; r++)
                v[r] += w[b] * (t[4 * r] * p[0] + t[4 * r + 1] * p[1] + t[4 * r + 2] * p[2] +
                                t[4 * r + 3]);
        }
        sum += v[0] * v[0] + v[1] * v[1] + v[2] * v[2];
    }
    free(transforms);
    return 0.5 * sum;
}

PROGRAM(tracking, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
static void local_back(const double *restrict angles, const double *restrict d,
                       double *restrict da) {
    double sa = sin(angles[0]), ca = cos(angles[0]), sb = sin(angles[1]), cb = cos(angles[1]);
    double sc = sin(angles[2]), cc = cos(angles[2]);
    da[0] += d[1] * (cc * sb * ca + sc * sa) + d[2] * (sc * ca - cc * sb * sa) +
             d[5] * (sc * sb * ca - cc * sa) - d[6] * (sc * sb * sa + cc * ca) + d[9] * cb * ca -
             d[10] * cb * sa;
    da[1] += cc * (-d[0] * sb + d[1] * cb * sa + d[2] * cb * ca) +
             sc * (-d[4] * sb + d[5] * cb * sa + d[6] * cb * ca) - d[8] * cb - d[9] * sb * sa -
             d[10] * sb * ca;
    da[2] += -d[0] * sc * cb - d[1] * (sc * sb * sa + cc * ca) + d[2] * (cc * sa - sc * sb * ca) +
             d[4] * cc * cb + d[5] * (cc * sb * sa - sc * ca) + d[6] * (cc * sb * ca + sc * sa);
}

void hand(const Problem *problem, double *restrict dx) {
    long bones = problem->size[0], points = problem->size[1];
    const double *data = problem->data, *angles = problem->x;
    double *transforms = malloc(sizeof(double) * (size_t)(2 * T * bones));
    double *d = transforms + T * bones;
    for (long k = 0; k < T * bones; k++)
        d[k] = 0;
    pose(bones, data, angles, transforms);
    for (long i = 0; i < points; i++) {
        const double *p = data + bones + i * (6 + bones), *q = p + 3, *w = p + 6;
        double v[3] = {-q[0], -q[1], -q[2]};
        for (long b = 0; b < bones; b++) {
            const double *t = transforms + T * b;
            for (int r = 0; r < 3; r++)
                v[r] += w[b] * (t[4 * r] * p[0] + t[4 * r + 1] * p[1] + t[4 * r + 2] * p[2] +
                                t[4 * r + 3]);
        }
        for (long b = 0; b < bones; b++)
            for (int r = 0; r < 3; r++) {
                double scaled = w[b] * v[r];
                for (int c = 0; c < 3; c++)
                    d[T * b + 4 * r + c] += scaled * p[c];
                d[T * b + 4 * r + 3] += scaled;
            }
    }
    for (long b = bones - 1; b > 0; b--) {
        const double *above = transforms + T * (b - 1), *dc = d + T * b;
        double turn[T], dturn[T] = {0}, *da = d + T * (b - 1);
        local(angles + 3 * b, data[b], turn);
        for (int i = 0; i < 3; i++)
            for (int j = 0; j < 4; j++) {
                for (int k = 0; k < 3; k++) {
                    da[4 * i + k] += dc[4 * i + j] * turn[4 * k + j];
                    dturn[4 * k + j] += dc[4 * i + j] * above[4 * i + k];
                }
                if (j == 3)
                    da[4 * i + 3] += dc[4 * i + j];
            }
        local_back(angles + 3 * b, dturn, dx + 3 * b);
    }
    local_back(angles, d, dx);
    free(transforms);
}

static size_t inputs(const long *size) { return (size_t)(3 * size[0]); }
static size_t data(const long *size) { return (size_t)(size[0] + size[1] * (6 + size[0])); }
static void prepare(Problem *p) {
    long bones = p->size[0];
    for (size_t i = 0; i < p->inputs; i++)
        p->x[i] *= 0.3;
    for (long i = 0; i < p->size[1]; i++) {
        double *w = p->data + bones + i * (6 + bones) + 6, sum = 0;
        for (long b = 0; b < bones; b++)
            sum += w[b] *= w[b];
        for (long b = 0; b < bones; b++)
            w[b] /= sum;
    }
}
const Spec spec = {"hand-tracking", 2, {"bones", "points"}, {22, 500}, inputs, data, prepare};
#endif
