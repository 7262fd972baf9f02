// A discrete Lyapunov equation by doubling: two matrices squared and added until nothing changes.
//! ret REAL
//! dup REAL a[4] = 0.5 0.2 -0.1 0.4
//! dup REAL q[4] = 1 0.2 0.2 2
#include "case.h"
REAL f(const REAL *a, const REAL *q) {
  REAL A[2][2], X[2][2], T[2][2], change;
  memcpy(A, a, sizeof A), memcpy(X, q, sizeof X);
  int rounds = 0;
  do {
    REAL Y[2][2];
    change = 0;
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 2; j++) T[i][j] = A[i][0] * X[0][j] + A[i][1] * X[1][j];
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 2; j++) {
        REAL d = T[i][0] * A[j][0] + T[i][1] * A[j][1];
        Y[i][j] = X[i][j] + d;
        change += d * d;
      }
    memcpy(X, Y, sizeof X);
    for (int i = 0; i < 2; i++)
      for (int j = 0; j < 2; j++) T[i][j] = A[i][0] * A[0][j] + A[i][1] * A[1][j];
    memcpy(A, T, sizeof A);
  } while (change > 1e-24 && ++rounds < 20);
  return X[0][0] * X[1][1] - X[0][1] * X[1][0];
}
