// Discount factors from swap rates one after another, a forward rate by log-linear interpolation between them.
//! ret REAL
//! dup REAL swap[6] = 0.01 0.013 0.017 0.02 0.021 0.0225
//! out REAL at = 3.4
#include "case.h"
REAL f(const REAL *swap, REAL at) {
  REAL df[7], annuity = 0;
  df[0] = 1;
  for (int i = 1; i <= 6; i++) {
    df[i] = (1 - swap[i - 1] * annuity) / (1 + swap[i - 1]);
    annuity += df[i];
  }
  REAL v[2];
  for (int k = 0; k < 2; k++) {
    REAL t = at + k;
    int i = (int)VALUE(t);
    v[k] = exp((i + 1 - t) * log(df[i]) + (t - i) * log(df[i + 1]));
  }
  return 100 * (v[0] / v[1] - 1);
}
