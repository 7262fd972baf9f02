// The likelihood of a mixture of Student's distributions: what a point is away from each centre lies in a scratch array for
// the loop over its coordinates, and the terms of the mixture in another one.
//! ret REAL
//! dup REAL mu[12] = fill(-1, 1) | fill(0.5, 1) | fill(-0.3, 0.4)
//! dup REAL scale[12] = fill(0.3, 1) | fill(-1, 0.2) | fill(0.1, 0.4)
//! dup REAL weight[4] = fill(0.2, 0.7) | fill(-0.5, 0.3) | fill(1, 0.1)
//! const int k = 4 | 1 | 3
//! const int d = 3 | 5 | 1
#include "case.h"
NOINLINE static REAL likelihood(const double *restrict x, const REAL *restrict mu, const REAL *restrict scale,
                                const REAL *restrict weight, long n, long k, long d) {
  REAL *terms = (REAL *)malloc(sizeof(REAL) * (size_t)k), *z = (REAL *)malloc(sizeof(REAL) * (size_t)d);
  REAL sum = 0;
  for (long i = 0; i < n; i++) {
    for (long j = 0; j < k; j++) {
      REAL square = 0, logs = 0;
      for (long c = 0; c < d; c++)
        z[c] = x[i * d + c] - mu[j * d + c];
      for (long c = 0; c < d; c++) {
        REAL u = z[c] * exp(-scale[j * d + c]);
        square += u * u;
        logs += scale[j * d + c];
      }
      terms[j] = weight[j] - logs - 0.5 * (3.0 + (double)d) * log(1.0 + square / 3.0);
    }
    REAL top = terms[0], all = 0;
    for (long j = 1; j < k; j++)
      if (terms[j] > top)
        top = terms[j];
    for (long j = 0; j < k; j++)
      all += exp(terms[j] - top);
    sum += top + log(all);
  }
  free(z);
  free(terms);
  return sum;
}
REAL f(REAL *mu, REAL *scale, REAL *weight, int k, int d) {
  double x[30];
  for (int i = 0; i < 30; i++)
    x[i] = (double)(i * 7 % 11) * 0.2 - 1.0;
  return likelihood(x, mu, scale, weight, 6, k, d);
}
