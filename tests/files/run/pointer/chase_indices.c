// The next index is read from memory that the loop does not change.
//! ret REAL
//! dup REAL a[6] = fill
//! const int next[6] = 4 3 0 5 1 2
#include "case.h"
REAL f(const REAL *a, const int *next) {
  REAL s = 1;
  int i = 0;
  do {
    s = s * a[i] + 0.5;
    i = next[i];
  } while (i != 0);
  return s;
}
