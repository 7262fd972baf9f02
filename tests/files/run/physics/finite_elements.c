// Triangles of a mesh: local stiffness matrices are assembled through the connectivity into a dense system.
//! ret REAL
//! dup REAL xy[12] = 0 0 1 0.1 2.1 0 0 1 1.1 1 2 1.2
//! dup REAL conductivity[4] = fill
//! const int triangle[12] = 0 1 3 1 4 3 1 2 4 2 5 4
#include "case.h"
REAL f(const REAL *xy, const REAL *conductivity, const int *triangle) {
  REAL K[6][6], u[6], energy = 0;
  memset(K, 0, sizeof K);
  for (int e = 0; e < 4; e++) {
    const int *n = triangle + 3 * e;
    REAL b[3], c[3];
    for (int i = 0; i < 3; i++) {
      int j = n[(i + 1) % 3], k = n[(i + 2) % 3];
      b[i] = xy[2 * j + 1] - xy[2 * k + 1];
      c[i] = xy[2 * k] - xy[2 * j];
    }
    REAL area2 = c[2] * b[1] - c[1] * b[2];
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) K[n[i]][n[j]] += conductivity[e] * (b[i] * b[j] + c[i] * c[j]) / (2 * area2);
  }
  for (int i = 0; i < 6; i++) u[i] = i % 3 == 0 ? 1 : 0;
  for (int sweep = 0; sweep < 3; sweep++)
    for (int i = 0; i < 6; i++) {
      if (i % 3 == 0 || i % 3 == 2) continue;
      REAL r = 0;
      for (int j = 0; j < 6; j++)
        if (j != i) r += K[i][j] * u[j];
      u[i] = -r / K[i][i];
    }
  for (int i = 0; i < 6; i++)
    for (int j = 0; j < 6; j++) energy += u[i] * K[i][j] * u[j];
  return energy;
}
