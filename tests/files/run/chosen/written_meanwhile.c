// The offers are read from memory that the loop writes: what was offered is not there any more.
//! ret REAL
//! dup REAL x[8] = 1 3 2 5 4 0.5 2.5 1.5 | fill(-1, 2)
//! const int n = 8
#include "case.h"
REAL f(REAL *x, int n) {
  REAL most = -100;
  for (int i = 0; i < n; i++) {
    REAL v = x[i] * x[n - 1 - i];
    most = v > most ? v : most;
    x[i] = 0.5 * v;
  }
  return most * most;
}
