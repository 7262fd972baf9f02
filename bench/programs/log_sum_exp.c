/* log sum exp x_i, scaled by the largest. */
#include "program.h"

#include <math.h>
#include <stdlib.h>

static double log_sum_exp(long n, const double *restrict x) {
    double top = x[0];
    for (long i = 1; i < n; i++)
        if (x[i] > top)
            top = x[i];
    double sum = 0;
    for (long i = 0; i < n; i++)
        sum += exp(x[i] - top);
    return top + log(sum);
}

PROGRAM(log_sum_exp, p->size[0])

#ifdef HAND
void hand(const Problem *p, double *restrict dx) {
    long n = p->size[0];
    const double *x = p->x;
    double *terms = malloc(sizeof(double) * (size_t)n);
    double top = x[0];
    for (long i = 1; i < n; i++)
        top = x[i] > top ? x[i] : top;
    double sum = 0;
    for (long i = 0; i < n; i++)
        sum += terms[i] = exp(x[i] - top);
    for (long i = 0; i < n; i++)
        dx[i] += terms[i] / sum;
    free(terms);
}

static size_t inputs(const long *size) { return (size_t)size[0]; }
const Spec spec = {"log-sum-exp", 1, {"n"}, {1000}, inputs};
#endif
