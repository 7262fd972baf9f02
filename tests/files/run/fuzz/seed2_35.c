// Random program 35 of seed 2, at O0: the compiler failed: exit status: 1
//! ret REAL
//! out REAL x = -1.10498046875
//! out REAL y = 1.93115234375
//! dup REAL a[8] = -1.37646484375 -1.00048828125 0.54541015625 -0.11181640625 -1.51220703125 -1.06005859375 -0.40380859375 0.53662109375
//! const REAL b[8] = -0.07958984375 -0.91357421875 0.50341796875 0.22509765625 -0.82763671875 -1.01611328125 0.66064453125 -1.92431640625
//! const int n = 3
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
NOINLINE static REAL p_h1(REAL *p, int m, REAL s) {
  p[(int)((unsigned)(m) % 4u)] = sin((REAL)m);
  REAL *q2 = (p[(int)((unsigned)(m) % 4u)] > (s * p[1])) ? p : p;
  s += ((sqrt(1.5 + sin(p[(int)((unsigned)(m) % 4u)])) - log1p(1.5 + sin(q2[1]))) * fmin(pow(2.0 + sin(q2[1]), cos(2.0)), fabs(s)));
  if ((m + 1) % 2 == 0) {
    if (cbrt(2.5 + sin(s)) > pow(2.0 + sin(s), cos(s))) {
      s += atan2(q2[1], 2.5 + sin((sqrt(1.5 + sin(0.5)) + hypot((REAL)m, 1.0 + sin(s) * 0.5))));
      s /= 1.5 + cos(fmin(hypot(q2[0], 1.0 + sin(cbrt(2.5 + sin(s))) * 0.5), fmax(p[0], fabs(q2[(int)((unsigned)(m + 2) % 3u)])))) * 0.25;
    }
    for (int i3 = 0; i3 < m; i3++) {
      REAL t4 = hypot((log1p(1.5 + sin(p[i3])) - fmax(-0.75, s)), 1.0 + sin(cos(fmax(2.0, s))) * 0.5);
    }
  } else {
    if ((m) % 2 == 0) {
      q2[1] -= sin(fmin((0.5 * (s * 2.0) + 0.25 * (s + s)), p[1]));
    } else {
      p[3] -= sin((log1p(1.5 + sin(atan2(s, 2.5 + sin(s)))) - fmin(((floor(p[(int)((unsigned)(m + 2) % 4u)]) < fabs(p[2])) ? (REAL)(q2[(int)((unsigned)(m * 3 + 0) % 3u)]) : (REAL)(s)), log1p(1.5 + sin(q2[2])))));
      REAL *q5 = &q2[(int)((unsigned)(m * 3 + 3) % 1u)];
    }
    for (int i6 = 0; i6 < 3; i6++) {
      if (m * 3 + 1 > 3) break;
    }
  }
  return (0.5 * p[2] + 0.25 * s);
}
NOINLINE static REAL p_h7(REAL s, REAL *p, int d) {
  if (d <= 0) return (sqrt(1.5 + sin(s)) * atan2(s, 2.5 + sin(s)));
  for (int i8 = 0; i8 < 6; i8++) {
    { int k9 = 2; do {
      s /= 1.5 + cos(((((k9 + 2 * i8) % 3 != 1) && ((k9 + 4) % 2 == 1)) ? (REAL)(((s < atan(s)) ? (REAL)(fmax(p[2], s)) : (REAL)(pow(2.0 + sin((REAL)d), cos(s))))) : (REAL)(pow(2.0 + sin((0.5 * p[2] + 0.25 * s)), cos(fmin(s, p[(int)((unsigned)(k9 + 2 * d) % 4u)])))))) * 0.25;
      s *= 0.75 + 0.5 * sin(pow(2.0 + sin(0.1), cos(erf((0.5 * s + 0.25 * -0.75)))));
      REAL t10 = fma((s * cbrt(2.5 + sin((REAL)k9))), 0.5, -(p[(int)((unsigned)(i8) % 4u)]));
      REAL *q11 = ((0.5 * p[3] + 0.25 * s) <= fma(t10, 0.5, 0.5)) ? p : p;
    } while (--k9 > 0 && ((d * 3 + 2) % 2 == 1)); }
    REAL t12 = p_h1(p + 0, 4, s);
  }
  REAL t13 = fmin((fmax(1.25, s) * fmax((REAL)d, p[0])), (tanh(p[2]) + cbrt(2.5 + sin(s))));
  REAL t14 = hypot((0.5 + sin(t13)), 1.0 + sin(fma(pow(2.0 + sin((REAL)d), cos(s)), 0.5, tanh(t13))) * 0.5);
  p[(int)((unsigned)(d) % 4u)] -= sin(cbrt(2.5 + sin(cos(hypot(s, 1.0 + sin(t13) * 0.5)))));
  REAL r0 = p_h7(((t13 + t13) + (t13 - t13)), p, d - 1);
  p[(int)((unsigned)(d + 1) % 4u)] = (cos(p_h1(p + 0, 3, s)));
  return cbrt(2.5 + sin(exp(-fabs(t13))));
}
static inline void p_h15(const REAL *p, REAL *q) {
  REAL *q16 = (p[2] > erf(p[1])) ? q : q;
  REAL t17 = fabs(pow(2.0 + sin((((q16[1] + q16[2]) >= q[0]) ? (REAL)(q[1]) : (REAL)(q[2]))), cos((q[1] + q[2]))));
  REAL *q18 = &q[0];
  struct pair s19 = {0}; s19.k = 1; s19.u = -(p[1]); s19.v[1] = hypot(t17, 1.0 + sin(q[0]) * 0.5);
  REAL *q20 = (floor(s19.w) <= q16[2]) ? q : q;
}
REAL p_f(REAL x, REAL y, REAL *a, const REAL *b, int n) {
  REAL t21 = x;
  REAL t22 = x;
  y *= 0.75 + 0.5 * sin(x);
  x = p_h7(x, a + 0, 2);
  return t22;
}
