// Random program 267 of seed 5000, at O1: point 1: gradient 0 is -7.162341954764092e-1, expected 1.2019158577359082e-1
//! ret REAL
//! out REAL x = -0.83642578125 | 0.98388671875
//! out REAL y = 0.15185546875 | -0.82763671875
//! dup REAL a[8] = -0.64794921875 -1.07861328125 -0.49853515625 -0.96240234375 0.74365234375 1.91650390625 -0.32275390625 -0.44970703125 | 1.39697265625 0.73291015625 -0.46337890625 -0.19482421875 0.05810546875 0.90576171875 0.18017578125 0.48388671875
//! dup REAL b[8] = 0.27685546875 1.38916015625 1.36474609375 -0.65478515625 0.31884765625 0.74267578125 -0.89990234375 -1.20556640625 | 0.21435546875 0.55810546875 0.48583984375 -1.66455078125 0.60595703125 0.41845703125 -1.70556640625 1.47998046875
//! const int n = 3 | 3
//! call p_f
//! tol 5e-3
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
NOINLINE static void p_h1(const REAL *p, REAL *q) {
  REAL t2 = ((sin(p[0]) + floor(0.1)) - ((REAL)(REALF)(p[0]) * (q[0] + p[2])));
  if ((t2 * t2) < floor(p[0])) {
    q[0] += tanh((atan2(log1p(1.5 + sin(t2)), 2.5 + sin((q[2] * p[1]))) * t2));
  }
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  { {
    { REAL *m4 = (REAL *)malloc(4 * sizeof(REAL)); for (int i5 = 0; i5 < 4; i5++) m4[i5] = x; m4 = (REAL *)realloc((void *)m4, 5 * sizeof(REAL)); m4[4] = x; {
      for (int i6 = 0; i6 < n; i6++) {
        a[n] -= sin(fmin(log1p(1.5 + sin(a[i6])), (m4[2] / (2.0 + cos(y)))));
      }
    } free(m4); }
  } if (!(a[6] <= (x * y)) || (x > sin(b[7]))) goto l3; {
    for (int i8 = 0; i8 < 5; i8++) {
      { WORD w9[3]; memcpy((void *)w9, b + 4, sizeof w9); WORD t10 = w9[0]; w9[0] = w9[2]; w9[2] = t10; memcpy((void *)(b + 4), w9, sizeof w9); for (int k11 = 0; k11 < 3; k11++) b[4 + k11] *= 0.75; }
      y -= 0.5;
      struct pair s12 = {0}; s12.k = 1; s12.u = atan2(fmax((REAL)i8, b[i8]), 2.5 + sin(fabs(x))); s12.v[1] = (0.5 * (REAL)i8 + 0.25 * y);
      if ((i8) % 3 != 1) {
        a[n] += tanh(hypot(exp(-fabs(fmax(0.5, b[n]))), 1.0 + sin((y / (2.0 + cos(hypot(-0.75, 1.0 + sin(x) * 0.5))))) * 0.5));
        p_h1(a + 4, a + 2);
        p_h1(b + 4, a + 4);
      }
    }
    { int k13 = 3; while (((n + 2 * n > 2) || ((n + 3) % 2 == 1)) && k13-- > 0) {
      if (k13 + 2 > 3) {
        if ((k13 > 2) && ((k13 + 2 * n) % 3 != 0)) break;
        a[(int)((unsigned)(n + 2) % 8u)] *= cos(y);
      }
    } }
  } } l3:;
  x += (cbrt(2.5 + sin((y + y))) + x);
  switch ((int)((unsigned)(n + 2 * n) % 5u)) { case 0: {
    REALF g14 = (REALF)(y);
    b[2] = ((hypot(cos(-0.75), 1.0 + sin(fabs(-0.75)) * 0.5) + ((x + y) + sqrt(1.5 + sin(b[n])))));
  } break; case 1: {
    { WORD w15[3]; memcpy((void *)w15, b + 4, sizeof w15); WORD t16 = w15[0]; w15[0] = w15[2]; w15[2] = t16; memcpy((void *)(b + 5), w15, sizeof w15); for (int k17 = 0; k17 < 3; k17++) b[5 + k17] *= 0.75; }
  } break; default: {
    p_h1(a + 3, a + 1);
  } }
  return (0.5 * a[n] + 0.25 * (fma(y, 0.5, a[n]) * a[n]));
}
