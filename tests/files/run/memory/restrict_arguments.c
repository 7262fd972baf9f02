// noalias parameters: the shadows promise nothing more.
//! dup REAL a[5] = fill
//! dup REAL b[5] = fill
#include "case.h"
void f(const REAL *restrict a, REAL *restrict b) {
  for (int i = 0; i < 5; i++) b[i] = b[i] * a[i] + a[4 - i];
}
