/* |A x - b|^2 / 2; data holds A by rows, then b. */
#include "program.h"

static double least_squares(long m, long n, const double *restrict data, const double *restrict x) {
    const double *b = data + m * n;
    double sum = 0;
    for (long i = 0; i < m; i++) {
        double residual = -b[i];
        for (long j = 0; j < n; j++)
            residual += data[i * n + j] * x[j];
        sum += residual * residual;
    }
    return 0.5 * sum;
}

PROGRAM(least_squares, p->size[0], p->size[1], FIXED(p->data))

#ifdef HAND
void hand(const Problem *p, double *restrict dx) {
    long m = p->size[0], n = p->size[1];
    for (long i = 0; i < m; i++) {
        const double *row = p->data + i * n;
        double residual = -p->data[m * n + i];
        for (long j = 0; j < n; j++)
            residual += row[j] * p->x[j];
        for (long j = 0; j < n; j++)
            dx[j] += residual * row[j];
    }
}

static size_t inputs(const long *size) { return (size_t)size[1]; }
static size_t data(const long *size) { return (size_t)(size[0] * (size[1] + 1)); }
const Spec spec = {"least-squares", 2, {"m", "n"}, {1000, 50}, inputs, data};
#endif
