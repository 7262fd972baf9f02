// Expansion by minors with submatrices copied to the stack of each level.
//! ret REAL
//! dup REAL m[16] = fill(-1, 1)
//! const int n = 4 | 3
#include "case.h"
static NOINLINE REAL det(const REAL *m, int n) {
  if (n == 1) return m[0];
  REAL sub[9], d = 0;
  for (int c = 0; c < n; c++) {
    for (int i = 1; i < n; i++)
      for (int j = 0, k = 0; j < n; j++)
        if (j != c) sub[(i - 1) * (n - 1) + k++] = m[i * n + j];
    d += (c % 2 ? -1 : 1) * m[c] * det(sub, n - 1);
  }
  return d;
}
REAL f(const REAL *m, int n) { return det(m, n) * m[1] + m[0]; }
