// A camera projection with radial distortion: the shape of a big benchmark.
//! dup REAL cam[7] = 0.1 -0.2 0.05 0.3 1.1 0.02 0.001
//! dup REAL p[3] = 0.3 0.7 4
//! dup REAL err[2] = 0.5
#include "case.h"
void f(const REAL *cam, const REAL *p, REAL *err) {
  REAL q[3];
  for (int i = 0; i < 3; i++) q[i] = p[i] - cam[i];
  REAL u = q[0] / q[2], v = q[1] / q[2];
  REAL r2 = u * u + v * v;
  REAL l = 1 + cam[5] * r2 + cam[6] * r2 * r2;
  err[0] = cam[4] * u * l - cam[3];
  err[1] = cam[4] * v * l + cam[3];
}
