// The loop that fills the scratch may be left early.
//! ret REAL
//! dup REAL a[6] = 0.5 1.2 0.7 1.4 0.2 0.9
//! const int n = 5
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[6] = {1, 1, 1, 1, 1, 1};
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 6; j++) {
      t[j] = t[j] * a[j] + a[i];
      if (t[j] > 1.8371)
        break;
    }
    for (int j = 0; j < 6; j++)
      s += t[j] * t[j];
  }
  return s;
}
