// Recursion that changes shared memory, calls itself and puts it back, as a permanent is summed.
//! ret REAL
//! dup REAL m[16] = fill
#include "case.h"
static NOINLINE REAL sum(const REAL *m, int row, int *used) {
  if (row == 4) return 1;
  REAL s = 0;
  for (int c = 0; c < 4; c++) {
    if (used[c]) continue;
    used[c] = 1;
    s += m[4 * row + c] * sum(m, row + 1, used);
    used[c] = 0;
  }
  return s;
}
REAL f(const REAL *m) {
  int used[4] = {0, 0, 0, 0};
  return sum(m, 0, used);
}
