// Several inner loops keep something for each of their iterations; one is left early, one may not run at all.
//! ret REAL
//! dup REAL a[6] = fill(0.2, 1)
//! dup REAL b[5] = fill(-1, 1)
//! const int n = 6 | 1 | 3
//! const int m = 5 | 3 | 1
#include "case.h"
REAL f(REAL *a, REAL *b, int n, int m) {
  REAL kept[8], total = 0;
  for (int i = 0; i < 8; i++) kept[i] = 0.1 * i;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < m; j++) kept[j] = kept[j] * a[i] + b[j];
    REAL most = 0;
    for (int j = 0; j < m; j++) {
      if (kept[j] > 0.9) break;
      most += kept[j] * kept[j];
    }
    if (n > 2)
      for (int j = 0; j < m - 1; j++) kept[j] += sin(kept[j + 1] * most);
    for (int j = 0; j < m; j++) total += exp(-kept[j]) * kept[j];
  }
  return total;
}
