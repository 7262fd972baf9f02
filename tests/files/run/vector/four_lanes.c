// Arithmetic on vectors of four.
//! ret REAL
//! dup REAL a[8] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL4 u = {a[0], a[1], a[2], a[3]}, v = {a[4], a[5], a[6], a[7]};
  REAL4 w = u * v + u / v - v;
  return w[0] * w[1] + w[2] * w[3];
}
