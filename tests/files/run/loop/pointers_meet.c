// Two pointers walk towards each other and exchange what they see under a condition.
//! dup REAL a[9] = fill(-1, 1)
//! out REAL pivot = 0.05 | -2 | 2
#include "case.h"
void f(REAL *a, REAL pivot) {
  REAL *lo = a, *hi = a + 8;
  while (lo < hi) {
    while (lo < hi && *lo < pivot) *lo++ *= 2;
    while (lo < hi && !(*hi < pivot)) *hi-- += pivot;
    REAL t = *lo;
    *lo = *hi * pivot;
    *hi = t;
  }
}
