// Random program 226 of seed 2, at O0: the program ended with signal: 11 (SIGSEGV)
//! ret REAL
//! const REAL x = -1.52783203125
//! out REAL y = 1.03466796875
//! dup REAL a[8] = -1.18505859375 0.47607421875 -0.97705078125 -0.64111328125 1.32568359375 1.94384765625 -0.57177734375 0.61572265625
//! dup REAL b[8] = 1.76611328125 0.11572265625 1.33544921875 -0.86962890625 1.07568359375 0.41748046875 -0.54736328125 0.28076171875
//! const int n = 5
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
NOINLINE static void p_h1(const REAL *p, REAL *q) {
  q[0] = sin(pow(2.0 + sin((log(2.0 + cos(p[1])) + atan2(q[1], 2.5 + sin(p[2])))), cos(fabs(atan2(q[2], 2.5 + sin(q[2]))))));
  REAL t2 = cbrt(2.5 + sin(q[1]));
  q[1] *= cos((0.5 - fma(tanh(t2), 0.5, p[0])));
  q[1] -= sin((0.5 * q[0] + 0.25 * tanh(fmin(t2, p[0]))));
  REAL t3 = (((q[1] - p[2]) * (0.5 * t2 + 0.25 * p[2])) + exp(sin(atan(q[1]))));
}
NOINLINE static void p_h4(const REAL *p, REAL *q) {
  REAL v5[6]; for (int i6 = 0; i6 < 6; i6++) v5[i6] = (exp(-fabs((0.5 * p[2] + 0.25 * p[(int)((unsigned)(i6 * 3 + 0) % 3u)]))));
  REAL t7 = v5[1];
  struct pair s8 = {0}; s8.k = 1; s8.u = exp(-fabs(((((v5[5] * v5[0]) > fmax(v5[4], q[2])) && (fmin(t7, q[1]) > atan(p[1]))) ? (REAL)(0.1) : (REAL)(p[0])))); s8.v[1] = (3.0 * v5[1]);
  q[2] = sin(hypot(hypot(fma(q[2], 0.5, s8.w), 1.0 + sin((q[1] + v5[2])) * 0.5), 1.0 + sin(fmin(log1p(1.5 + sin(v5[4])), hypot(v5[1], 1.0 + sin(s8.v[2]) * 0.5))) * 0.5));
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  if (0) {
  } else {
    for (int i13 = n; i13 < 7; i13++) {
      y += x;
    }
  }
  { int k15 = 6; do {
    switch ((int)((unsigned)(k15) % 5u)) { case 0: {
      { int k17 = 0; if (x <= 0.75) goto l16m; l16: {
        b[n] = ((((k15 + 1) % 2 == 0) ? (REAL)(fma(fma(x, 0.5, b[7]), 0.5, (b[n] * y))) : (REAL)(cbrt(2.5 + sin(log1p(1.5 + sin(a[n])))))));
      } l16m: {
        a[n] = ((REAL)k15);
      } if (++k17 < 4) goto l16; }
    } case 1: {
      x += -(fmax(fmax((REAL)k15, 2.0), (a[(int)((unsigned)(n + 1) % 8u)] - a[n])));
    } break; case 2: {
      for (int i18 = 0; i18 < n; i18++) {
        memmove((void *)(b + 1), b, 1 * sizeof(REAL));
        REAL *q19 = (a[n] < (REAL)k15) ? b : a;
      }
    } default: {
      y *= 0.75 + 0.5 * sin((cbrt(2.5 + sin(fmin(b[(int)((unsigned)(k15 + 2 * k15) % 8u)], y))) / (2.0 + cos(0.5))));
      a[n] = (b[n]);
    } }
  } while (--k15 > 0 && ((y + a[(int)((unsigned)(n * 3 + 0) % 8u)]) >= atan(a[4]))); }
  p_h1(b + 1, a + 4);
  REAL v21[5] = {0}; v21[1] = (fabs(fma(y, 0.5, a[1])));
  REAL v23[5]; for (int i24 = 0; i24 < 5; i24++) v23[i24] = (tanh(fmin(a[(int)((unsigned)(i24 + 3) % 8u)], b[(int)((unsigned)(n * 3 + 2) % 8u)])));
  struct pair s25 = {0}; s25.k = 1; s25.u = (pow(2.0 + sin(v21[1]), cos(a[1])) / (2.0 + cos((2.0 * a[n])))); s25.v[1] = fma(v21[(int)((unsigned)(n + 2 * n) % 5u)], 0.5, y);
  b[(int)((unsigned)(n + 2 * n) % 8u)] = sin((hypot(y, 1.0 + sin(v21[(int)((unsigned)(n + 2 * n) % 5u)]) * 0.5) * (atan2(v23[(int)((unsigned)(n * 3 + 3) % 5u)], 2.5 + sin(x)) * (3.0 - b[n]))));
  return atan2(fmin((b[n] + b[5]), cbrt(2.5 + sin(v21[3]))), 2.5 + sin(fmax(log1p(1.5 + sin(s25.u)), (v23[(int)((unsigned)(n + 2 * n) % 5u)] - b[n]))));
}
