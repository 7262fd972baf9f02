// A three-dimensional array whose sizes are arguments.
//! ret REAL
//! dup REAL a[5] = fill
//! const int nx = 2 | 3
//! const int ny = 3
//! const int nz = 2
#include "case.h"
static NOINLINE REAL layer(int ny, int nz, REAL g[ny][nz]) {
  REAL s = 0;
  for (int j = 0; j < ny; j++)
    for (int k = 0; k < nz; k++) s += g[j][k] * g[ny - 1 - j][k];
  return s;
}
REAL f(const REAL *a, int nx, int ny, int nz) {
  REAL s = 0;
#ifdef RZ_DUAL
  REAL g[3][3][2];
  nx = nx < 3 ? nx : 3;
#else
  REAL g[nx][ny][nz];
#endif
  for (int i = 0; i < nx; i++)
    for (int j = 0; j < ny; j++)
      for (int k = 0; k < nz; k++) g[i][j][k] = a[(i + j * k) % 5] * (1 + i) + a[k];
  for (int i = 1; i < nx; i++)
    for (int j = 0; j < ny; j++)
      for (int k = 0; k < nz; k++) g[i][j][k] *= g[i - 1][ny - 1 - j][k];
  for (int i = 0; i < nx; i++)
    for (int j = 0; j < ny; j++)
      for (int k = 0; k < nz; k++) s += g[i][j][k] * g[i][ny - 1 - j][k];
  return s;
}
