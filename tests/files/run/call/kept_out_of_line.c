// A function that the user keeps out of line is called in a loop it does not depend on; another one, called
// from two places, calls a third.
//! ret REAL
//! dup REAL a[6] = 0.5 1.25 -2.5 0.75 3.25 1.5 | fill(-1, 1)
//! dup REAL y[6] = 1 | fill
//! const int n = 6
#include "case.h"
NOINLINE static REAL length(const REAL *a, int n) {
  REAL s = 1;
  for (int i = 0; i < n; i++) s += a[i] * a[i];
  return sqrt(s);
}
NOINLINE static REAL cube(REAL x) { return x > 0 ? 3 * x : x * x * x; }
NOINLINE static REAL add(REAL sum, REAL x) { return sum + cube(x) * x; }
REAL f(const REAL *a, REAL *y, int n) {
  REAL sum = 0;
  for (int i = 0; i < n; i++) y[i] = y[i] * a[i] / length(a, n);
  for (int i = 0; i < n; i++) sum = add(sum, y[i]);
  return add(sum, a[0] * 2) + y[1];
}
