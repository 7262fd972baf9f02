// Rows allocated one by one.
//! ret REAL
//! dup REAL a[3] = fill
#include "case.h"
REAL f(const REAL *a) {
  REAL **m = (REAL **)malloc(3 * sizeof(REAL *));
  for (int i = 0; i < 3; i++) {
    m[i] = (REAL *)malloc((i + 1) * sizeof(REAL));
    for (int j = 0; j <= i; j++) m[i][j] = a[i] * a[j];
  }
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j <= i; j++) s += m[i][j] * m[i][0];
    free(m[i]);
  }
  free(m);
  return s;
}
