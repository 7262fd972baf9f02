// Random program 5 of seed 1, at O0: the compiler failed: exit status: 1
//! ret REAL
//! const REAL x = 1.93994140625
//! out REAL y = 0.98583984375
//! dup REAL a[8] = 1.40185546875 1.63427734375 0.93701171875 1.38720703125 0.50244140625 -0.42236328125 -0.23779296875 1.07275390625
//! const REAL b[8] = 1.18505859375 1.61181640625 -0.22509765625 0.64404296875 0.99365234375 -1.51904296875 0.10400390625 -0.68408203125
//! const int n = 5
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
NOINLINE static REAL p_h1(REAL s, REAL *p, int d) {
  if (d <= 0) return tanh(s);
  REAL v2[3]; for (int i3 = 0; i3 < 3; i3++) v2[i3] = (0.5);
  memmove((void *)(v2 + 0), v2, 3 * sizeof(REAL));
  REAL r0 = p_h1(0.75, p, d - 1);
  return r0;
}
REAL p_f(REAL x, REAL y, REAL *a, const REAL *b, int n) {
  for (int k13 = 4; k13 > 0 && (1); k13--) {
    for (int k14 = 7; k14 > 0 && (1); k14--) {
      x /= 1.5 + cos(x) * 0.25;
      a[n] = sin(x);
      if (x > x) {
        REAL t18 = fmin(x, y);
      } else {
        x *= 0.75 + 0.5 * sin(p_h1(y, a + 0, 2));
      }
    }
    a[n] -= sin(p_h1(y, a + 2, 2));
  }
  return p_h1(y, a + 0, 3);
}
