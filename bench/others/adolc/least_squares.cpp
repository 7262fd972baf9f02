#include "tape.hpp"

static adouble least_squares(const long *size, const double *data, const adouble *x) {
    long m = size[0], n = size[1];
    adouble sum = 0;
    for (long i = 0; i < m; i++) {
        adouble residual = -data[m * n + i];
        for (long j = 0; j < n; j++)
            residual += data[i * n + j] * x[j];
        sum += residual * residual;
    }
    return 0.5 * sum;
}

TAPE(least_squares)
