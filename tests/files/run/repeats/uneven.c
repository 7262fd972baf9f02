// How often the inner loop runs, whether it runs, and which way it goes differs between iterations of the
// middle one.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int limit[4] = 3 0 6 1
//! const int way[6] = 0 1 1 0 1 0
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, const int *limit, const int *way, int n) {
  REAL r[6], s[6], sum = 0;
  for (int t = 0; t < 2; t++) {
    for (int j = 0; j < 6; j++) {
      r[j] = t ? r[j] * a[j] : a[j];
      s[j] = r[j] * a[5 - j] + t;
    }
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < limit[i]; j++)
        sum += r[j] * s[j] * a[i];
      if (i != 2)
        for (int j = 0; j < 6; j++) {
          REAL v = way[j] ? r[j] : i % 2 ? s[j] : a[j];
          sum += v * v * s[j];
        }
      for (int j = 0; j < 6 && sum < 40; j++)
        sum += r[j] * s[j] * r[5 - j];
    }
  }
  for (int j = 0; j < 6; j++)
    r[j] = s[j] = 0;
  return sum + r[n] + s[n];
}
