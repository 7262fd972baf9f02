// The time-dependent Schroedinger equation split into real and imaginary parts, leapfrogging each other.
//! ret REAL
//! dup REAL psi[10] = fill(-1, 1)
//! dup REAL v[10] = fill
#include "case.h"
static void half(REAL *to, const REAL *from, const REAL *v, REAL dt) {
  for (int i = 0; i < 10; i++) {
    REAL left = i ? from[i - 1] : from[9], right = i < 9 ? from[i + 1] : from[0];
    to[i] += dt * (v[i] * from[i] - 0.5 * (left - 2 * from[i] + right));
  }
}
REAL f(const REAL *psi, const REAL *v) {
  REAL re[10], im[10], x = 0, n = 0;
  for (int i = 0; i < 10; i++) re[i] = psi[i], im[i] = 0;
  for (int t = 0; t < 6; t++) half(re, im, v, 0.1), half(im, re, v, -0.1);
  for (int i = 0; i < 10; i++) {
    REAL p = re[i] * re[i] + im[i] * im[i];
    x += i * p, n += p;
  }
  return x / n;
}
