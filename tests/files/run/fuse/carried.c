// Scratch that an iteration reads before it writes holds what the iteration before left there.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1)
//! const int n = 5
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[6];
  REAL s = 0;
  for (int j = 0; j < 6; j++)
    t[j] = a[j];
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 6; j++)
      s += t[j] * t[j] * a[j];
    for (int j = 0; j < 6; j++)
      t[j] = t[j] * a[(i + j) % 6];
  }
  return s;
}
