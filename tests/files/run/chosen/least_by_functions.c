// The least and the greatest by functions of the library, from both sides; what a loop carries is the only operand in one.
//! ret REAL
//! dup REAL x[9] = 1 3 2 5 4 0.5 2.5 1.5 0.75 | fill(-1, 2)
//! const int n = 9
#include "case.h"
REAL f(const REAL *x, int n) {
  REAL low = 100, high = -100, least = 50, most = -50;
  for (int i = 0; i < n; i++)
    low = fmin(low, x[i] * x[i] + i);
  for (int i = 0; i < n; i++)
    high = fmax(sin(x[i]) * i, high);
  for (int i = 0; i < n; i++)
    least = fmin(x[i] * x[n - 1 - i], least);
  for (int i = 0; i + 2 < n; i++) {
    REAL v = 0;
    for (int k = 0; k < 3; k++)
      v += x[i + k] * x[k];
    most = fmax(most, v);
  }
  return low * high + least * most;
}
