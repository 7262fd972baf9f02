// The largest of each window, of all windows, and the least of those, where the offers are loops themselves.
//! ret REAL
//! dup REAL x[30] = fill(-1, 2)
//! dup REAL w[3] = 0.5 1 -0.25
//! const int rows = 5
//! const int n = 6
#include "case.h"
REAL f(const REAL *x, const REAL *w, int rows, int n) {
  REAL all = 0, least = 1e9;
  for (int r = 0; r < rows; r++) {
    REAL most = -1e9;
    for (int i = 0; i + 2 < n; i++) {
      REAL v = 0;
      for (int k = 0; k < 3; k++)
        v += w[k] * x[r * n + i + k] * x[r * n + i];
      if (v > most)
        most = v;
    }
    all += most * most;
    least = most < least ? most : least;
  }
  return all + least;
}
