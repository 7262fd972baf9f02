// A density with a bandwidth from the data by Silverman's rule, and its cross-validated likelihood.
//! ret REAL
//! dup REAL x[8] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *x) {
  REAL mean = 0, var = 0, total = 0;
  for (int i = 0; i < 8; i++) mean += x[i] / 8;
  for (int i = 0; i < 8; i++) var += (x[i] - mean) * (x[i] - mean) / 7;
  REAL h = 1.06 * sqrt(var) * pow(8, -0.2);
  for (int i = 0; i < 8; i++) {
    REAL p = 0;
    for (int j = 0; j < 8; j++) {
      if (j == i) continue;
      REAL z = (x[i] - x[j]) / h;
      p += exp(-0.5 * z * z) / (7 * h);
    }
    total += log(p);
  }
  return total;
}
