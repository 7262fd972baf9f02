// Scaling and squaring around a Taylor sum; the number of squarings follows from the norm.
//! ret REAL
//! dup REAL a[4] = 0.3 1.2 -0.7 0.4 | 3 1 2 -1
#include "case.h"
static void multiply(const REAL *x, const REAL *y, REAL *z) {
  REAL t[4] = {x[0] * y[0] + x[1] * y[2], x[0] * y[1] + x[1] * y[3], x[2] * y[0] + x[3] * y[2], x[2] * y[1] + x[3] * y[3]};
  memcpy(z, t, sizeof t);
}
REAL f(const REAL *a) {
  double norm = 0;
  for (int i = 0; i < 4; i++) norm += fabs(VALUE(a[i]));
  int squarings = norm > 0.5 ? (int)ceil(log2(norm)) + 1 : 0;
  REAL m[4], e[4] = {1, 0, 0, 1}, term[4] = {1, 0, 0, 1};
  for (int i = 0; i < 4; i++) m[i] = a[i] / (1 << squarings);
  for (int k = 1; k < 10; k++) {
    multiply(term, m, term);
    for (int i = 0; i < 4; i++) term[i] /= k, e[i] += term[i];
  }
  while (squarings--) multiply(e, e, e);
  return e[0] * e[3] + e[1] - e[2];
}
