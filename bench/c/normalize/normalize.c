/* The length does not depend on i, but the source asks for it in each iteration. The optimizer calls it
 * once, so the function costs O(n). Differentiated before that happens, it costs O(n^2). */
#include "normalize.h"

#include <math.h>

/* Not inlined: code motion moves calls, and inlined loops are no longer one. */
__attribute__((noinline)) static double length(int n, const double *restrict x) {
    double sum = 0;
    for (int i = 0; i < n; i++)
        sum += x[i] * x[i];
    return sqrt(sum);
}

void normalize(int n, const double *restrict x, double *restrict y) {
    for (int i = 0; i < n; i++)
        y[i] = x[i] / length(n, x);
}
