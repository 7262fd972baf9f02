// A local array whose cells are written in one loop and needed in a later one.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL t[5], s = 0;
  for (int i = 0; i < 5; i++) t[i] = exp(-a[i] * a[i]);
  for (int i = 0; i < 5; i++)
    for (int j = 0; j < 5; j++) s += t[i] * t[j] * a[(i + j) % 5];
  return s;
}
