// A variable that is not derived points to constant tables, and changes.
//! ret REAL
//! dup REAL a[4] = fill
//! const int k = 0 | 1 | 2 | 3
#include "case.h"
static REAL first[4] = {1.0, 2.0, 3.0, 4.0};
static REAL second[8] = {5.0, 6.0, 7.0, 8.0, 9.0, 10.0, 11.0, 12.0};
static REAL *current = first;
NOINLINE static void choose(int k) { current = k & 2 ? second + 4 : first; }
REAL f(const REAL *a, int k) {
  choose(k);
  REAL s = 0.0;
  for (int i = 0; i < 4; i++) {
    const REAL *p = (k & 1) != (i & 1) ? a : current;
    s += p[i] * p[(i + 1) % 4];
  }
  return s * a[0];
}
