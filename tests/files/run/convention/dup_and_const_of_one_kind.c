// Five pointers of one type, each with another marker; the constant ones lie between the others.
//! ret REAL
//! dup REAL a[3] = fill
//! const double k[3] = 1 2 3
//! dupnoneed REAL scratch[3] = 0
//! dup REAL out[3] = 0.1 0.2 0.3
//! const double bias[1] = 0.25
#include "case.h"
REAL f(const REAL *a, const double *k, REAL *scratch, REAL *out, const double *bias) {
  REAL s = 0;
  for (int i = 0; i < 3; i++) scratch[i] = a[i] * k[i];
  for (int i = 0; i < 3; i++) {
    out[i] *= scratch[(i + 1) % 3] + *bias;
    s += out[i] * scratch[i];
  }
  return s;
}
