// Row exchanges chosen by magnitude.
//! ret REAL
//! dup REAL a[3][3] = 0.1 2 1  3 0.5 0.7  1 0.2 4
//! dup REAL b[3] = 1 2 3
#include "case.h"
REAL f(REAL (*a)[3], REAL *b) {
  for (int k = 0; k < 3; k++) {
    int p = k;
    for (int i = k + 1; i < 3; i++)
      if (fabs(a[i][k]) > fabs(a[p][k])) p = i;
    if (p != k) {
      for (int j = 0; j < 3; j++) {
        REAL t = a[k][j];
        a[k][j] = a[p][j];
        a[p][j] = t;
      }
      REAL t = b[k];
      b[k] = b[p];
      b[p] = t;
    }
    for (int i = k + 1; i < 3; i++) {
      REAL m = a[i][k] / a[k][k];
      a[i][k] = m; // as LU codes do: what elimination leaves there is rounding alone
      for (int j = k + 1; j < 3; j++) a[i][j] -= m * a[k][j];
      b[i] -= m * b[k];
    }
  }
  for (int i = 2; i >= 0; i--) {
    for (int j = i + 1; j < 3; j++) b[i] -= a[i][j] * b[j];
    b[i] /= a[i][i];
  }
  return b[0] * b[1] + b[2];
}
