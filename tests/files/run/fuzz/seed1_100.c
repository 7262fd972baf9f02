// Random program 100 of seed 1, at O2: the compiler failed: exit status: 1
//! ret REAL
//! out REAL x = 0.87255859375
//! out REAL y = 1.92919921875
//! dup REAL a[8] = -0.45361328125 0.69384765625 0.57177734375 -0.51806640625 0.97314453125 -0.52197265625 1.15771484375 1.88427734375
//! dup REAL b[8] = -0.33544921875 -0.27001953125 -0.89892578125 -0.69970703125 1.58544921875 -0.77490234375 0.49462890625 1.20947265625
//! const int n = 6
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
NOINLINE static REAL p_h3(REAL s, REAL *p, int d) {
  if (d <= 0) return 3.0;
  REAL r1 = p_h3(0.75, p, d - 2);
  p[3] -= sin(0.75);
  return 0.75;
}
NOINLINE static REAL p_h8(REAL *p, int m, REAL s) {
  { int k10 = 0; if (0.75 < s) goto l9m; l9: {
    p[3] -= sin(p[0]);
  } l9m: {
  } if (++k10 < 4) goto l9; }
  REAL t12 = p_h3(s, p + 0, 2);
  return 0.75;
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  b[n] = sin(p_h8(b + 3, 1, x));
  return x;
}
