// Arnoldi with modified Gram-Schmidt and Givens rotations: a Hessenberg least-squares problem grows column by column.
//! ret REAL
//! dup REAL A[16] = 3 0.2 0.1 0 0.3 2 0.4 0.1 0 0.5 4 0.3 0.2 0 0.1 1.5
//! dup REAL b[4] = fill
#include "case.h"
REAL f(const REAL *A, const REAL *b) {
  REAL V[4][4], H[4][3], cs[3], sn[3], g[4] = {0, 0, 0, 0}, y[3], x[4], s = 0, beta = 0;
  for (int i = 0; i < 4; i++) beta += b[i] * b[i];
  beta = sqrt(beta);
  for (int i = 0; i < 4; i++) V[0][i] = b[i] / beta;
  g[0] = beta;
  for (int k = 0; k < 3; k++) {
    REAL w[4], n = 0;
    for (int i = 0; i < 4; i++) {
      w[i] = 0;
      for (int j = 0; j < 4; j++) w[i] += A[4 * i + j] * V[k][j];
    }
    for (int j = 0; j <= k; j++) {
      H[j][k] = 0;
      for (int i = 0; i < 4; i++) H[j][k] += w[i] * V[j][i];
      for (int i = 0; i < 4; i++) w[i] -= H[j][k] * V[j][i];
    }
    for (int i = 0; i < 4; i++) n += w[i] * w[i];
    n = sqrt(n);
    for (int i = 0; i < 4; i++) V[k + 1][i] = w[i] / n;
    for (int j = 0; j < k; j++) {
      REAL t = cs[j] * H[j][k] + sn[j] * H[j + 1][k];
      H[j + 1][k] = cs[j] * H[j + 1][k] - sn[j] * H[j][k];
      H[j][k] = t;
    }
    REAL r = hypot(H[k][k], n);
    cs[k] = H[k][k] / r, sn[k] = n / r, H[k][k] = r;
    g[k + 1] = -sn[k] * g[k], g[k] *= cs[k];
  }
  for (int i = 2; i >= 0; i--) {
    y[i] = g[i];
    for (int j = i + 1; j < 3; j++) y[i] -= H[i][j] * y[j];
    y[i] /= H[i][i];
  }
  for (int i = 0; i < 4; i++) {
    x[i] = 0;
    for (int k = 0; k < 3; k++) x[i] += V[k][i] * y[k];
    s += x[i] * (i + 1);
  }
  return s + g[3] * g[3];
}
