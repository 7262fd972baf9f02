// A function of many points with loops and scratch of its own, called for each.
//! ret REAL
//! dup REAL w[5] = fill(-1, 1)
//! const double x[7] = fill(-2, 2)
//! const int n = 7 | 3
#include "case.h"
NOINLINE static REAL energy(const REAL *w, double x, int n) {
  REAL t[5];
  REAL s = 0;
  for (int j = 0; j < 5; j++)
    t[j] = tanh(w[j] * x + j);
  for (int j = 0; j < n; j++)
    s += t[j % 5] * t[(j * j) % 5];
  return s * s + w[0];
}
REAL f(const REAL *w, const double *x, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++)
    if (x[i] < 1.5)
      s += energy(w, x[i], n) * (i + 1);
  return s;
}
