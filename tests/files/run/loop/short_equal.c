// Short loops over local arrays that compare for equality, leave early, count in an odd way, or fill words and numbers.
//! ret REAL
//! dup REAL x[8] = 1 2 1 0.5 2 3 1 -1 | fill(-1, 1)
//! const int n = 2
//! second off the guards hold where differences step off them
#include "case.h"
REAL f(REAL *x, int n) {
  REAL w[4] = {0.5, 0.25, 2, 1}, last[4], sum = 0;
  int seen[4];
  for (int i = 0; i < n; i++) {
    for (int c = 0; c < 4; c++) {
      seen[c] = 0;
      last[c] = x[4 * i + c];
      if (last[c] == 1) last[c] = x[4 * i + c] * (x[4 * i + c] - 1) + 1;
    }
    for (int c = 0; c < 4; c++) {
      if (last[c] > 2.5) break;
      seen[c] = 1;
      sum += w[c] * last[c] * last[3 - c];
    }
    for (unsigned c = 1; c < 4; c += 2)
      if (seen[c]) w[c] *= last[c - 1];
  }
  for (int c = 0; c < 4; c++) sum += w[c] * w[c];
  return sum;
}
