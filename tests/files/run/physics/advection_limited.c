// Transport with a flux limiter: minmod of neighbouring slopes, sign by sign.
//! dup REAL u[10] = fill
//! out REAL speed = 0.4
#include "case.h"
static REAL minmod(REAL a, REAL b) {
  if (a * b <= 0) return 0 * a;
  return fabs(a) < fabs(b) ? a : b;
}
void f(REAL *u, REAL speed) {
  REAL flux[11];
  for (int t = 0; t < 3; t++) {
    for (int i = 0; i < 10; i++) {
      int l = (i + 9) % 10, r = (i + 1) % 10;
      REAL s = minmod(u[i] - u[l], u[r] - u[i]);
      flux[i] = speed * (u[i] + 0.5 * (1 - speed) * s);
    }
    for (int i = 0; i < 10; i++) u[i] -= flux[i] - flux[(i + 9) % 10];
  }
}
