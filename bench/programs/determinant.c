/* The determinant by expansion along the first row of each minor. The columns of a minor are a linked
 * list: `next[n]` is the first, `next[c]` the one after c. */
#include "program.h"

static double minor(long n, long row, const double *a, long *next) {
    if (row == n - 1)
        return a[row * n + next[n]];
    double sum = 0, sign = 1;
    long before = n;
    for (long j = row; j < n; j++) {
        long column = next[before];
        next[before] = next[column];
        sum += sign * a[row * n + column] * minor(n, row + 1, a, next);
        next[before] = column;
        before = column;
        sign = -sign;
    }
    return sum;
}

static double determinant(long n, const double *a) {
    long next[32];
    next[n] = 0;
    for (long j = 0; j < n; j++)
        next[j] = j + 1;
    return minor(n, 0, a, next);
}

PROGRAM(determinant, p->size[0])

#ifdef HAND
/* The adjoint of a minor is known before the minor: no value is kept. */
static double step(long n, long row, const double *restrict a, long *restrict next, double seed,
                   double *restrict da) {
    if (row == n - 1) {
        da[row * n + next[n]] += seed;
        return a[row * n + next[n]];
    }
    double sum = 0, sign = 1;
    long before = n;
    for (long j = row; j < n; j++) {
        long column = next[before];
        double factor = sign * a[row * n + column];
        next[before] = next[column];
        double value = step(n, row + 1, a, next, seed * factor, da);
        next[before] = column;
        sum += factor * value;
        da[row * n + column] += seed * sign * value;
        before = column;
        sign = -sign;
    }
    return sum;
}

void hand(const Problem *p, double *dx) {
    long n = p->size[0], next[32];
    next[n] = 0;
    for (long j = 0; j < n; j++)
        next[j] = j + 1;
    step(n, 0, p->x, next, 1, dx);
}

static size_t inputs(const long *size) { return (size_t)(size[0] * size[0]); }
const Spec spec = {"determinant", 1, {"n"}, {7}, inputs};
#endif
