// Random program 14 of seed 1, at O0: the compiler failed: exit status: 1
//! ret REAL
//! out REAL x = -1.02099609375
//! out REAL y = -0.54931640625
//! dup REAL a[8] = 1.09423828125 0.13525390625 -1.47998046875 1.01806640625 -0.48583984375 0.06298828125 -1.88818359375 -1.60498046875
//! dup REAL b[8] = -1.68017578125 -1.72509765625 -0.81201171875 -1.22607421875 -1.60009765625 -1.91650390625 1.62939453125 1.35009765625
//! const int n = 5
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
static REAL p_h7(REAL s, REAL t) {
  REAL t8 = s;
  return t8;
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  { int k9 = 7; do {
    x /= 1.5 + cos(x) * 0.25;
  } while (--k9 > 0 && ((n + 3) % 2 == 0)); }
  b[n] = sin(p_h7(x, x));
  return x;
}
