// Sums inside of a loop that carries state: the inner loop cannot run later than its step.
//! ret REAL
//! dup REAL a[5] = fill(0.5, 1.5)
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[5];
  REAL state = 1, total = 0;
  for (int step = 0; step < 3; step++) {
    REAL s = 0;
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < 5; j++)
        t[j] = sin(a[j] * state + i);
      for (int j = 0; j < 5; j++)
        s += t[j] * t[j] * a[i];
    }
    total += s;
    state = state * 0.5 + a[step];
  }
  return total;
}
