// The row is read in each iteration of the middle loop, and changed there too: after it was read, at another
// place, or only under a condition.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int n = 3
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL r[6], s[6], t[6];
  for (int i = 0; i < 6; i++) {
    r[i] = a[i];
    s[i] = a[5 - i];
    t[i] = a[i] * a[i];
  }
  REAL sum = 0;
  for (int k = 0; k < n; k++) {
    for (int j = 0; j < 6; j++)
      sum += r[j] * s[j] * r[j] * t[j] * s[j] * t[j];
    r[k] = r[k] * 0.5;
    s[(k + 4) % 6] += r[k];
    if (sum > 3)
      t[n] = t[n] * a[k];
  }
  for (int j = 0; j < 6; j++) {
    r[j] = 0;
    s[j] = 0;
    t[j] = 0;
  }
  return sum + r[0] + s[1] + t[2];
}
