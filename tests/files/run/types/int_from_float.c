// The integer part indexes memory.
//! ret REAL
//! out REAL x = 2.3 | 4.9
//! dup REAL table[6] = fill
#include "case.h"
REAL f(REAL x, const REAL *table) {
  int i = (int)x;
  REAL t = x - i;
  return table[i] * (1 - t) + table[i + 1 > 5 ? 5 : i + 1] * t;
}
