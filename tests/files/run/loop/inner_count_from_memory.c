// How often the inner loop runs is read from memory.
//! ret REAL
//! dup REAL a[4] = fill
//! const int count[4] = 2 0 3 1
#include "case.h"
REAL f(const REAL *a, const int *count) {
  REAL s = 1;
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < count[i]; j++) s = s * a[i] + sin(s);
  return s;
}
