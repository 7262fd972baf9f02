// Random program 44 of seed 1, at O2: the program ended with signal: 11 (SIGSEGV)
//! ret REAL
//! out REAL x = 1.23876953125 | 1.79345703125
//! out REAL y = 1.94091796875 | 0.93994140625
//! dup REAL a[8] = 0.84033203125 -0.50341796875 0.77392578125 -1.80908203125 0.60693359375 -0.73095703125 -0.53466796875 -1.60595703125 | 0.34619140625 -0.46630859375 -0.87646484375 -1.13818359375 0.99560546875 0.39111328125 -1.50927734375 0.54443359375
//! dup REAL b[8] = 0.86181640625 1.48876953125 -1.64794921875 1.42919921875 -1.07958984375 -0.41162109375 -0.39697265625 1.27685546875 | 0.76416015625 -0.20556640625 -0.76123046875 -1.06494140625 -0.23486328125 -0.40283203125 -1.07568359375 0.26416015625
//! const int n = 5 | 6
//! call p_f
//! tol 1e-7
//! fd off
#include "case.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  if (x > 0.75) {
    a[0] = sin(x);
  }
  memmove((void *)(b + 1), b, 1 * sizeof(REAL));
  REAL v3[4]; for (int i4 = 0; i4 < 4; i4++) v3[i4] = (1.25);
  for (int i5 = 0; i5 < n; i5++) {
    b[n] += tanh(pow(2.0 + sin(b[i5]), cos(b[i5])));
    for (int i6 = 0; i6 < 1; i6++) {
      REAL v7[4]; for (int i8 = 0; i8 < 4; i8++) v7[i8] = (b[i6]);
      if (((i6 + 4) % 2 == 0) && (cos(x) <= (REAL)i5)) return x;
      b[1] -= sin(x);
      x *= 0.75 + 0.5 * sin(v7[0]);
    }
  }
  memset((void *)a, 0, 1 * sizeof(REAL));
  REAL *q11 = &b[1];
  a[2] += tanh(0.75);
}
