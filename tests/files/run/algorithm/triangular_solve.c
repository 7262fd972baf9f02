// Back substitution overwriting the right-hand side.
//! dup REAL l[3][3] = 2 0 0  1 3 0  0.5 0.7 4
//! dup REAL b[3] = fill
//! const int n = 3
#include "case.h"
void f(const REAL (*l)[3], REAL *b, int n) {
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < i; j++) b[i] -= l[i][j] * b[j];
    b[i] /= l[i][i];
  }
}
