#include "tape.hpp"

static adouble log_sum_exp(const long *size, const double *, const adouble *x) {
    adouble top = x[0], sum = 0;
    for (long i = 1; i < size[0]; i++)
        if (x[i] > top)
            top = x[i];
    for (long i = 0; i < size[0]; i++)
        sum += exp(x[i] - top);
    return top + log(sum);
}

TAPE(log_sum_exp)
