// A table over capacities, filled downwards in place, with a soft maximum.
//! ret REAL
//! dup REAL value[5] = fill
//! const int weight[5] = 2 3 1 4 2
#include "case.h"
static REAL soft_max(REAL a, REAL b) { return a > b ? a + log1p(exp(3 * (b - a))) / 3 : b + log1p(exp(3 * (a - b))) / 3; }
REAL f(const REAL *value, const int *weight) {
  REAL best[9];
  for (int c = 0; c < 9; c++) best[c] = 0;
  for (int i = 0; i < 5; i++)
    for (int c = 8; c >= weight[i]; c--) best[c] = soft_max(best[c], best[c - weight[i]] + value[i]);
  return best[8] * best[5];
}
