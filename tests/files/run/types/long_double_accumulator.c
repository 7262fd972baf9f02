// A wide accumulator for narrow terms.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
REAL f(const REAL *a, int n) {
  REALL s = 0;
  for (int i = 0; i < n; i++) s += (REALL)a[i] * a[i];
  return (REAL)sqrtl(s);
}
