// Orthonormalization of three vectors.
//! ret REAL
//! dup REAL v[3][3] = 1 0.2 0.3  0.1 1.5 0.4  0.7 0.6 2
#include "case.h"
REAL f(REAL (*v)[3]) {
  for (int i = 0; i < 3; i++) {
    for (int j = 0; j < i; j++) {
      REAL d = 0;
      for (int k = 0; k < 3; k++) d += v[i][k] * v[j][k];
      for (int k = 0; k < 3; k++) v[i][k] -= d * v[j][k];
    }
    REAL n = 0;
    for (int k = 0; k < 3; k++) n += v[i][k] * v[i][k];
    n = 1 / sqrt(n);
    for (int k = 0; k < 3; k++) v[i][k] *= n;
  }
  return v[2][0] + v[1][2] * v[0][1];
}
