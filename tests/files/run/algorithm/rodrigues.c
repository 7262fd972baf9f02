// Rotation of a point by an axis-angle vector, with a branch at small angles.
//! dup REAL r[3] = 0.3 -0.2 0.5 | 1e-4 2e-4 -1e-4
//! dup REAL p[3] = 1 2 3
//! dup REAL out[3] = 0.5
//! fd 1e-4 1e-6
#include "case.h"
void f(const REAL *r, const REAL *p, REAL *out) {
  REAL t2 = r[0] * r[0] + r[1] * r[1] + r[2] * r[2];
  REAL c[3] = {r[1] * p[2] - r[2] * p[1], r[2] * p[0] - r[0] * p[2], r[0] * p[1] - r[1] * p[0]};
  if (t2 < 1e-6) {
    for (int i = 0; i < 3; i++) out[i] = p[i] + c[i];
    return;
  }
  REAL t = sqrt(t2), cs = cos(t), sn = sin(t) / t, d = (r[0] * p[0] + r[1] * p[1] + r[2] * p[2]) * (1 - cs) / t2;
  for (int i = 0; i < 3; i++) out[i] = p[i] * cs + c[i] * sn + r[i] * d;
}
