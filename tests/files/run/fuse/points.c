// A sum over points whose scratch is written anew for each: iterations run in the reverse pass.
//! ret REAL
//! dup REAL w[6] = fill(-1, 1)
//! const double x[8] = fill(-1, 1)
//! const int n = 8 | 1 | 0
//! const int k = 6 | 1
#include "case.h"
REAL f(const REAL *w, const double *x, int n, int k) {
  REAL *t = (REAL *)malloc(sizeof(REAL) * (size_t)(k + 1));
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < k; j++)
      t[j] = w[j] * x[i] + w[j] * w[j];
    REAL most = t[0];
    for (int j = 1; j < k; j++)
      if (t[j] > most)
        most = t[j];
    REAL e = 0;
    for (int j = 0; j < k; j++)
      e += exp(t[j] - most);
    s += most + log(e);
  }
  free(t);
  return s * 0.5 - w[0];
}
