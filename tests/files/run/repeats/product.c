// Products of matrices that are overwritten: rows repeat in the loop over columns.
//! ret REAL
//! dup REAL w[9] = fill(-1, 1)
//! dup REAL x[12] = fill(-1, 1.5)
//! const int n = 3
//! const int m = 4
#include "case.h"
REAL f(const REAL *w, const REAL *x, int n, int m) {
  REAL r[12], v[9];
  for (int i = 0; i < n * n; i++)
    v[i] = w[i];
  for (int t = 0; t < 2; t++) {
    for (int i = 0; i < n; i++)
      for (int j = 0; j < m; j++) {
        r[i * m + j] = 0;
        for (int k = 0; k < n; k++)
          r[i * m + j] += v[i * n + k] * x[k * m + j];
      }
    for (int i = 0; i < n; i++)
      for (int k = 0; k < n; k++) {
        REAL s = 0;
        for (int j = 0; j < m; j++)
          s += r[i * m + j] * x[k * m + j] * r[k * m + j];
        v[i * n + k] -= s * 0.25;
      }
  }
  REAL sum = 0;
  for (int i = 0; i < n * n; i++)
    sum += v[i] * v[i];
  return sum;
}
