// A fixed point accelerated by mixing the last two residuals.
//! ret REAL
//! dup REAL a[4] = 0.3 0.2 -0.1 0.4
#include "case.h"
static void g(const REAL *x, const REAL *a, REAL *y) {
  y[0] = cos(a[0] * x[0] + a[1] * x[1]);
  y[1] = 0.5 * tanh(a[2] * x[0]) + a[3] * x[1] * 0.5 + 0.2;
}
REAL f(const REAL *a) {
  REAL x[2] = {0.5, 0.5}, lastx[2] = {0, 0}, lastr[2] = {0, 0};
  for (int k = 0; k < 8; k++) {
    REAL y[2], r[2], theta = 0;
    g(x, a, y);
    for (int i = 0; i < 2; i++) r[i] = y[i] - x[i];
    if (k) {
      REAL top = 0, bottom = 1e-12;
      for (int i = 0; i < 2; i++) top += r[i] * (r[i] - lastr[i]), bottom += (r[i] - lastr[i]) * (r[i] - lastr[i]);
      theta = top / bottom;
    }
    for (int i = 0; i < 2; i++) {
      REAL before = lastx[i] + lastr[i], now = y[i];
      lastx[i] = x[i], lastr[i] = r[i];
      x[i] = (1 - theta) * now + theta * before;
    }
  }
  return x[0] * x[1] + x[0];
}
