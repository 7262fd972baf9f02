#include "tape.hpp"

static adouble minor(long n, long row, const adouble *a, long *next) {
    if (row == n - 1)
        return a[row * n + next[n]];
    adouble sum = 0;
    double sign = 1;
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

static adouble determinant(const long *size, const double *, const adouble *a) {
    long n = size[0], next[32];
    next[n] = 0;
    for (long j = 0; j < n; j++)
        next[j] = j + 1;
    return minor(n, 0, a, next);
}

TAPE(determinant)
