// Four stages a step, a right-hand side by pointer arguments.
//! ret REAL
//! dup REAL y[2] = 1 0.5
//! out REAL mu = 1.5
#include "case.h"
NOINLINE static void rhs(const REAL *y, REAL mu, REAL *d) {
  d[0] = y[1];
  d[1] = mu * (1 - y[0] * y[0]) * y[1] - y[0];
}
REAL f(REAL *y, REAL mu) {
  REAL k1[2], k2[2], k3[2], k4[2], t[2];
  REAL h = 0.1;
  for (int step = 0; step < 5; step++) {
    rhs(y, mu, k1);
    for (int i = 0; i < 2; i++) t[i] = y[i] + 0.5 * h * k1[i];
    rhs(t, mu, k2);
    for (int i = 0; i < 2; i++) t[i] = y[i] + 0.5 * h * k2[i];
    rhs(t, mu, k3);
    for (int i = 0; i < 2; i++) t[i] = y[i] + h * k3[i];
    rhs(t, mu, k4);
    for (int i = 0; i < 2; i++) y[i] += h / 6 * (k1[i] + 2 * k2[i] + 2 * k3[i] + k4[i]);
  }
  return y[0] * y[1];
}
