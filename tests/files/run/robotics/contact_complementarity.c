// Contact forces that may only push: projected Gauss-Seidel with clamped impulses and friction bounded by them.
//! ret REAL
//! dup REAL v[6] = 0.3 -1 0.2 -0.8 -0.5 -0.3
//! out REAL friction = 0.4
#include "case.h"
REAL f(const REAL *v, REAL friction) {
  REAL normal[3] = {0, 0, 0}, tangent[3] = {0, 0, 0}, u[6];
  memcpy(u, v, sizeof u);
  for (int it = 0; it < 8; it++)
    for (int c = 0; c < 3; c++) {
      REAL old = normal[c], want = old - u[2 * c + 1] * 0.7;
      normal[c] = want > 0 ? want : 0 * want;
      u[2 * c + 1] += normal[c] - old;
      if (c + 1 < 3) u[2 * c + 3] += 0.2 * (normal[c] - old);
      old = tangent[c];
      REAL limit = friction * normal[c], pull = old - u[2 * c] * 0.6;
      tangent[c] = pull > limit ? limit : pull < -limit ? -limit : pull;
      u[2 * c] += tangent[c] - old;
    }
  REAL r = 0;
  for (int i = 0; i < 6; i++) r += u[i] * u[i] * (i + 1);
  return r + normal[0] * tangent[2];
}
