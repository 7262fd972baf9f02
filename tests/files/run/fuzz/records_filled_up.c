// Records that are filled up to the alignment of a vector are chosen and moved whole.
//! refuse RZ0012 O0 O0-split
//! second refuse RZ0012 rf
//! ret REAL
//! out REAL x = 1.72705078125
//! out REAL y = 1.25830078125
//! dup REAL a[8] = 1.70947265625 1.25048828125 -0.83251953125 0.81298828125 1.43798828125 1.20068359375 -1.59326171875 -1.69775390625
//! dup REAL b[8] = 1.26611328125 0.69189453125 -1.24169921875 1.23193359375 0.17626953125 -0.22607421875 0.86474609375 0.60595703125
//! const int n = 3
//! call p_f
//! tol 1e-7
//! fd off
#include "case_random.h"
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  { int k1 = 2; do {
    for (int i2 = 1; i2 < 8; i2 += 3) {
      REAL t4 = atan2((tanh(3.0) * pow(a[0], 2.0)), 2.5 + sin(x));
      y += 0.125 * sin(t4);
      struct lanes s5[3]; for (int i6 = 0; i6 < 3; i6++) { REAL4 w = {(REAL)(cos(cbrt(2.5 + sin((REAL)i2)))), (REAL)0.5, (REAL)i6, (REAL)((hypot((REAL)i6, 0.75 + fabs(x)) * ((k1 * 3 + 0 > 3) ? (REAL)(x) : (REAL)(a[1]))))}; s5[i6].p = w; s5[i6].id = i6; s5[i6].m = fmax((x - y), (x - a[1])); } s5[0] = (((REAL)n - y) >= (b[n] - (REAL)k1)) ? s5[2] : s5[1]; s5[1].p = s5[1].p / (REAL)(2.0 + cos((b[1] + x))); s5[1].p = s5[1].p + s5[0].p * s5[s5[0].id].m;
      x += 0.125 * sin(s5[0].m);
    }
  } while (--k1 > 0 && ((n + 3) % 3 != 0)); }
  { REAL *v8 = (REAL *)malloc(5 * sizeof(REAL)); REAL *v9 = (REAL *)malloc(5 * sizeof(REAL)); for (int i13 = 0; i13 < 5; i13++) v8[i13] = (x + (b[i13] + y)), v9[i13] = 0.5; REAL *u10 = v8, *w11 = v9; for (int k12 = 0; k12 < 3; k12++) { for (int i13 = 0; i13 < 5; i13++) w11[i13] = 0.5 * u10[i13] + 0.25 * u10[(i13 + 1) % 5] * sin((fmod(y, 1.75 + 0.5 * sin(a[k12])) + -(a[k12]))); {
    struct pair s15[2]; for (int i16 = 0; i16 < 2; i16++) { s15[i16].u = -(atan2(1.5 + sin(u10[4]), b[(int)((unsigned)(n) % 8u)])); s15[i16].k = i16; s15[i16].w = 0; for (int k17 = 0; k17 < 3; k17++) s15[i16].v[k17] = -(cos(w11[i16])) * 0.5; } s15[(int)((unsigned)(n) % 2u)] = s15[0]; struct pair *e18 = &s15[1];
    { int k19 = 5; do {
      b[n] += tanh((tanh((w11[k12] * x)) * (fma((*e18).v[1], 0.5, y) - pow(2.0 + sin(y), cos(x)))));
    } while (--k19 > 0 && ((s15[0].w + u10[k12]) < atanh(0.75 * sin(-0.75)))); }
  } REAL *t14 = u10; u10 = w11; w11 = t14; } x += u10[0] * u10[4]; free(v8); free(v9); }
  struct layers s23 = {0}, s24; s23.l = (REALL)(pow(2.0 + sin(fma(x, 0.5, y)), cos(b[6]))); s23.r = (x - sqrt(1.5 + sin(b[n]))); s23.k = (int)((unsigned)(n) % 4u); for (int i25 = 0; i25 < 3; i25++) { s23.l = s23.l * 0.5L + (REALL)s23.r; s23.m[i25 % 2] = (REAL)s23.l * hypot(fmin(x, b[2]), 1.0 + sin((x * (REAL)n)) * 0.5); } s24 = s23; s24.r += (REAL)(s23.l * (REALL)(fmin(exp(-fabs(a[n])), (x + a[3]))));
  REAL4 q26 = {(REAL)(y), (REAL)(exp(sin(log(2.0 + cos((REAL)n))))), (REAL)(0.5), (REAL)(FLIP_SIGN(fmax(y, s24.r)))}; for (int i27 = 0; i27 < 1; i27++) { q26 = VECTOR_INTERLEAVE4(q26, -q26) * (REAL)((2.0 + s24.m[1])); q26[i27] += s24.r; }
  REAL v28[6]; for (int i29 = 0; i29 < 6; i29++) v28[i29] = ((atan2(-0.75, 2.5 + sin(s24.r)) * y));
  COMPLEX z31[3]; for (int i32 = 0; i32 < 3; i32++) z31[i32] = MAKE(pow(2.0 + sin(exp(sin((REAL)n))), cos((0.5 * 1.25 + 0.25 * v28[i32]))), sin((s24.m[1] - atan2(x, 2.5 + sin(q26[0]))))); memcpy((void *)&z31[0], &z31[2], sizeof z31[0]); z31[2] = z31[0] * z31[1] + MAKE((x + (REAL)n), 0.5); REAL t33 = RE(z31[2]) - 0.5 * IM(z31[1]);
  return (((erf(fmod((s24.m[1] - y), 1.75 + 0.5 * sin((q26[0] - s24.m[1])))) + 0.25 * q26[3]) + 0.25 * s24.r) + 0.25 * t33);
}
