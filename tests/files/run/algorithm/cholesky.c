// A lower factor and the logarithm of the determinant.
//! ret REAL
//! dup REAL a[10] = 4 1 5 0.5 0.7 6 0.2 0.3 1 3
#include "case.h"
static int at(int i, int j) { return i * (i + 1) / 2 + j; }
REAL f(REAL *a) {
  REAL logdet = 0;
  for (int j = 0; j < 4; j++) {
    REAL d = a[at(j, j)];
    for (int k = 0; k < j; k++) d -= a[at(j, k)] * a[at(j, k)];
    d = sqrt(d);
    a[at(j, j)] = d;
    logdet += 2.0 * log(d);
    for (int i = j + 1; i < 4; i++) {
      REAL s = a[at(i, j)];
      for (int k = 0; k < j; k++) s -= a[at(i, k)] * a[at(j, k)];
      a[at(i, j)] = s / d;
    }
  }
  return logdet;
}
