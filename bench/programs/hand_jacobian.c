/* A hand of 22 bones under 26 angles and shifts, its skin against measured points, in the form of the public
 * ADBench suite: the Jacobian of the residuals in 26 + 2 columns.
 *
 *   T_b = T_parent(b) B_b R_b(angles),   v_i = R sum_b w_ib T_b C_b p_i + t
 *   r_k = q_k - (u v_i + u' v_j + (1 - u - u') v_l)   for point k on the triangle i, j, l
 *
 * Every point has coordinates (u, u') of its own, and no other residual depends on them: two columns hold the
 * derivatives in all of them. Bone 0 is the root and 1 the palm; a finger has a bone without an angle, one with
 * two and two with one. Variables: turn, shift, four angles a finger; then the coordinates. Data: B, C; for each
 * vertex p and its weights; for each point q; room for the residuals. */
#include "program.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

enum { T = 12, BONES = 22, FINGERS = 5, ANGLES = 26, COLUMNS = 28, VERTEX = 3 + BONES };

/* Flexion about x, then spreading about z. */
static void joint(double flex, double spread, double *restrict r) {
    double s = sin(flex), c = cos(flex), sz = sin(spread), cz = cos(spread);
    r[0] = cz, r[1] = -sz, r[2] = 0, r[3] = 0;
    r[4] = c * sz, r[5] = c * cz, r[6] = -s, r[7] = 0;
    r[8] = s * sz, r[9] = s * cz, r[10] = c, r[11] = 0;
}

/* Rz Ry Rx, 3 x 3 */
static void turned(const double *restrict angles, double *restrict r) {
    double sa = sin(angles[0]), ca = cos(angles[0]), sb = sin(angles[1]), cb = cos(angles[1]);
    double sc = sin(angles[2]), cc = cos(angles[2]);
    r[0] = cc * cb, r[1] = cc * sb * sa - sc * ca, r[2] = cc * sb * ca + sc * sa;
    r[3] = sc * cb, r[4] = sc * sb * sa + cc * ca, r[5] = sc * sb * ca - cc * sa;
    r[6] = -sb, r[7] = cb * sa, r[8] = cb * ca;
}

/* c = a b, 3 x 4; the fourth row of b is (0, 0, 0, last). */
static void chain(const double *restrict a, const double *restrict b, double last,
                  double *restrict c) {
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 4; j++)
            c[4 * i + j] = a[4 * i] * b[j] + a[4 * i + 1] * b[4 + j] + a[4 * i + 2] * b[8 + j] +
                           (j == 3 ? last * a[4 * i + 3] : 0);
}

/* The transform of every bone. */
static void pose(const double *restrict data, const double *restrict angles, double *restrict t) {
    memcpy(t, data, sizeof(double) * T);
    chain(t, data + T, 1, t + T);
    for (int f = 0; f < FINGERS; f++) {
        const double *a = angles + 6 + 4 * f;
        for (int k = 0; k < 4; k++) {
            int b = 2 + 4 * f + k;
            double rest[T], r[T];
            chain(k ? t + T * (b - 1) : t + T, data + T * b, 1, rest);
            joint(k == 0 ? 0 : k == 1 ? a[0] : a[k], k == 1 ? a[1] : 0, r);
            chain(rest, r, 1, t + T * b);
        }
    }
}

static void apply(const double *restrict t, const double *restrict p, double w,
                  double *restrict v) {
    for (int r = 0; r < 3; r++)
        v[r] += w * (t[4 * r] * p[0] + t[4 * r + 1] * p[1] + t[4 * r + 2] * p[2] + t[4 * r + 3]);
}

/* v = R w, and t if it is given */
static void place(const double *restrict r, const double *restrict w, const double *t,
                  double *restrict v) {
    for (int i = 0; i < 3; i++)
        v[i] = r[3 * i] * w[0] + r[3 * i + 1] * w[1] + r[3 * i + 2] * w[2] + (t ? t[i] : 0);
}

/* Corner c of the triangle of a point. */
static long corner(long vertices, long point, int c) { return (7 * point + 3 * c) % vertices; }

static void residuals(long vertices, long points, const double *restrict data,
                      const double *restrict x, double *restrict y) {
    const double *turn = x, *shift = x + 3, *us = x + ANGLES;
    const double *skin = data + 2 * T * BONES, *target = skin + VERTEX * vertices;
    double t[T * BONES], carried[T * BONES], r[9];
    double *v = (double *)malloc(sizeof(double) * (size_t)(3 * vertices));
    pose(data, x, t);
    for (int b = 0; b < BONES; b++)
        chain(t + T * b, data + T * (BONES + b), 1, carried + T * b);
    turned(turn, r);
    for (long i = 0; i < vertices; i++) {
        const double *p = skin + VERTEX * i;
        double sum[3] = {0, 0, 0};
        for (int b = 0; b < BONES; b++)
            apply(carried + T * b, p, p[3 + b], sum);
        place(r, sum, shift, v + 3 * i);
    }
    for (long k = 0; k < points; k++) {
        double u = us[2 * k], w = us[2 * k + 1];
        const double *a = v + 3 * corner(vertices, k, 0), *b = v + 3 * corner(vertices, k, 1);
        const double *c = v + 3 * corner(vertices, k, 2);
        for (int i = 0; i < 3; i++)
            y[3 * k + i] = target[3 * k + i] - (u * a[i] + w * b[i] + (1 - u - w) * c[i]);
    }
    free(v);
}

/* The room for residuals behind the data. */
static double *room(const Problem *p) {
    return p->data + 2 * T * BONES + VERTEX * p->size[0] + 3 * p->size[1];
}

#ifdef PRIMAL
double primal(const Problem *p) {
    residuals(p->size[0], p->size[1], p->data, p->x, room(p));
    return room(p)[0];
}
#endif

#ifdef GRADIENT
/* Columns at once. */
enum { WIDTH = 7 };

/* Column after column, some at once in forward mode. */
void gradient(const Problem *p, double *dx) {
    size_t rows = 3 * (size_t)p->size[1], in = p->inputs * sizeof(double);
    double *seeds = (double *)calloc(WIDTH, in);
    for (int first = 0; first < COLUMNS; first += WIDTH) {
        memset(seeds, 0, WIDTH * in);
        for (int k = 0; k < WIDTH; k++) {
            double *seed = seeds + (size_t)k * p->inputs;
            if (first + k < ANGLES)
                seed[first + k] = 1;
            else
                for (size_t i = (size_t)(first + k); i < p->inputs; i += 2)
                    seed[i] = 1;
        }
        __enzyme_fwddiff_void((void *)residuals, enzyme_width, WIDTH, p->size[0], p->size[1],
                              enzyme_const, p->data, enzyme_dupv, in, p->x, seeds, enzyme_dupv,
                              rows * sizeof(double), room(p), dx + (size_t)first * rows);
    }
    free(seeds);
}
#endif

#ifdef HAND
/* One column from the velocities of the vertices. */
static void column(long vertices, long points, const double *restrict us, const double *restrict dv,
                   double *restrict d) {
    for (long k = 0; k < points; k++)
        for (int i = 0; i < 3; i++)
            d[3 * k + i] -= us[2 * k] * dv[3 * corner(vertices, k, 0) + i] +
                            us[2 * k + 1] * dv[3 * corner(vertices, k, 1) + i] +
                            (1 - us[2 * k] - us[2 * k + 1]) * dv[3 * corner(vertices, k, 2) + i];
}

/* The derivative of `joint` in its flexion, or in its spread. */
static void joint_in(double flex, double spread, int in_spread, double *restrict r) {
    double s = sin(flex), c = cos(flex), sz = sin(spread), cz = cos(spread);
    memset(r, 0, sizeof(double) * T);
    if (in_spread) {
        r[0] = -sz, r[1] = -cz;
        r[4] = c * cz, r[5] = -c * sz;
        r[8] = s * cz, r[9] = -s * sz;
    } else {
        r[4] = -s * sz, r[5] = -s * cz, r[6] = -c;
        r[8] = c * sz, r[9] = c * cz, r[10] = -s;
    }
}

/* The velocities when an angle changes: of the bone where it is and of those after it. */
static void angle_column(const Problem *p, int f, int which, const double *restrict t,
                         const double *restrict r, double *restrict dv) {
    const double *a = p->x + 6 + 4 * f, *skin = p->data + 2 * T * BONES;
    int joint_at = which < 2 ? 1 : which, first = 2 + 4 * f + joint_at, last = 2 + 4 * f + 3;
    double rest[T], dr[T], d[T], moved[4 * T];
    chain(t + T * (first - 1), p->data + T * first, 1, rest);
    joint_in(which < 2 ? a[0] : a[which], which < 2 ? a[1] : 0, which == 1, dr);
    chain(rest, dr, 0, d);
    for (int b = first; b <= last; b++) {
        if (b > first) {
            double turn[T];
            chain(d, p->data + T * b, 1, rest);
            joint(a[b - 2 - 4 * f], 0, turn);
            chain(rest, turn, 1, d);
        }
        chain(d, p->data + T * (BONES + b), 1, moved + T * (b - first));
    }
    for (long i = 0; i < p->size[0]; i++) {
        const double *point = skin + VERTEX * i;
        double sum[3] = {0, 0, 0};
        for (int b = first; b <= last; b++)
            apply(moved + T * (b - first), point, point[3 + b], sum);
        place(r, sum, NULL, dv + 3 * i);
    }
}

/* The derivative of `turned` in one of its angles: the matrix is linear in the sine and cosine of each. */
static void turned_in(const double *restrict angles, int k, double *restrict r) {
    double quarter[3], opposite[3], a[9], b[9];
    memcpy(quarter, angles, sizeof quarter);
    memcpy(opposite, angles, sizeof opposite);
    quarter[k] += 1.57079632679489661923;
    opposite[k] -= 1.57079632679489661923;
    turned(quarter, a);
    turned(opposite, b);
    for (int i = 0; i < 9; i++)
        r[i] = (a[i] - b[i]) / 2;
}

void hand(const Problem *p, double *restrict dx) {
    long vertices = p->size[0], points = p->size[1], rows = 3 * points;
    const double *us = p->x + ANGLES, *skin = p->data + 2 * T * BONES;
    double t[T * BONES], carried[T * BONES], r[9], dr[9];
    double *inner = malloc(sizeof(double) * (size_t)(6 * vertices)), *dv = inner + 3 * vertices;
    pose(p->data, p->x, t);
    turned(p->x, r);
    for (int b = 0; b < BONES; b++)
        chain(t + T * b, p->data + T * (BONES + b), 1, carried + T * b);
    for (long i = 0; i < vertices; i++) {
        const double *point = skin + VERTEX * i;
        memset(inner + 3 * i, 0, 3 * sizeof(double));
        for (int b = 0; b < BONES; b++)
            apply(carried + T * b, point, point[3 + b], inner + 3 * i);
    }
    for (int k = 0; k < 3; k++) {
        turned_in(p->x, k, dr);
        for (long i = 0; i < vertices; i++)
            place(dr, inner + 3 * i, NULL, dv + 3 * i);
        column(vertices, points, us, dv, dx + k * rows);
        for (long i = k; i < rows; i += 3)
            dx[(3 + k) * rows + i] -= 1;
    }
    for (int f = 0; f < FINGERS; f++)
        for (int which = 0; which < 4; which++) {
            angle_column(p, f, which, t, r, dv);
            column(vertices, points, us, dv, dx + (6 + 4 * f + which) * rows);
        }
    for (long i = 0; i < vertices; i++)
        place(r, inner + 3 * i, p->x + 3, dv + 3 * i);
    for (long k = 0; k < points; k++)
        for (int i = 0; i < 3; i++) {
            double last = dv[3 * corner(vertices, k, 2) + i];
            dx[ANGLES * rows + 3 * k + i] -= dv[3 * corner(vertices, k, 0) + i] - last;
            dx[(ANGLES + 1) * rows + 3 * k + i] -= dv[3 * corner(vertices, k, 1) + i] - last;
        }
    free(inner);
}

static size_t inputs(const long *size) { return (size_t)(ANGLES + 2 * size[1]); }
static size_t data(const long *size) {
    return (size_t)(2 * T * BONES + VERTEX * size[0] + 6 * size[1]);
}
static size_t outputs(const long *size) { return (size_t)(COLUMNS * 3 * size[1]); }
static void prepare(Problem *p) {
    for (size_t i = 0; i < p->inputs; i++)
        p->x[i] *= 0.3;
    for (long b = 0; b < 2 * BONES; b++)
        for (int i = 0; i < T; i++)
            p->data[T * b + i] = 0.1 * p->data[T * b + i] + (i % 5 == 0 ? 1 : 0);
    for (long i = 0; i < p->size[0]; i++) {
        double *w = p->data + 2 * T * BONES + VERTEX * i + 3, sum = 0;
        for (long b = 0; b < BONES; b++)
            sum += w[b] *= w[b];
        for (long b = 0; b < BONES; b++)
            w[b] /= sum;
    }
}
const Spec spec = {"hand-jacobian", 2, {"vertices", "points"}, {544, 500}, inputs, data, prepare,
                   outputs};
#endif
