// The best so far is used in each iteration, offers depend on the ones before, and the search is cut short by it.
//! ret REAL
//! dup REAL x[12] = fill(0.5, 1.5) | fill(-1, 2)
//! const int n = 12
#include "case.h"
REAL f(const REAL *x, int n) {
  REAL best = 0, sum = 0, most = 0, product = 1, near = 100;
  for (int i = 0; i < n; i++) {
    best = x[i] > best ? x[i] : best;
    sum += best * x[i];
  }
  for (int i = 0; i < n; i++) {
    product *= x[i];
    most = product > most ? product : most;
  }
  for (int i = 0; i + 3 < n; i++) {
    REAL d = 0;
    for (int k = 0; k < 3 && d < near; k++)
      d += (x[i + k] - x[i + 3]) * (x[i + k] - x[i + 3]);
    near = d < near ? d : near;
  }
  return sum + most * near;
}
