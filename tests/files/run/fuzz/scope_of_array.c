// An array of variable length whose scope ends before the function does: random program 1279 of seed 720000.
//! ret REAL
//! out REAL x = -0.87646484375
//! out REAL y = -0.73583984375
//! dup REAL a[8] = -0.43603515625 -0.72119140625 -1.94482421875 -1.89794921875 0.84912109375 1.17724609375 -1.64404296875 -1.37548828125
//! dup REAL b[8] = 0.90869140625 -1.25244140625 1.16943359375 0.44970703125 0.54248046875 0.77294921875 -0.36572265625 1.12060546875
//! const int n = 5
//! call p_f
//! tol 1e-7
//! fd off
#include "case_complex.h"
struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
struct op { REAL (*f)(REAL, REAL); REAL v; };
struct view { REAL *p, *q; struct view *next; };
struct box { struct pair one, some[2]; REAL *p; int n; REAL (*g)(void *, REAL); struct box *up; };
__attribute__((unused)) static int rz_order_of(const void *p, const void *q) { return (*(const REAL *)p > *(const REAL *)q) - (*(const REAL *)p < *(const REAL *)q); }
static inline REAL p_h1(REAL s, REAL t) {
  REAL m2[2][5]; for (int i3 = 0; i3 < 2; i3++) for (int j4 = 0; j4 < 5; j4++) m2[i3][j4] = sqrt(1.5 + sin(sin(0.1))); for (int i3 = 1; i3 < 1; i3++) for (int j4 = 1; j4 < 4; j4++) m2[i3][j4] += 0.2 * (m2[i3 - 1][j4] + m2[i3][j4 - 1] - m2[i3 + 1][j4] * atan2(t, 2.5 + sin(0.1))); REAL *r5 = m2[0];
  for (int k6 = 5; k6 > 0 && (!(r5[2] >= atan2(s, 2.5 + sin(t))) || (s <= atan(t))); k6--) {
    struct pair s7 = {0}; s7.k = 1; s7.u = t; s7.v[1] = sin(t);
    for (int k8 = 7; k8 > 0 && (fma((REAL)k6, 0.5, 0.1) >= (t + t)); k8--) {
      { WORD w9[3]; memcpy((void *)w9, r5 + 0, sizeof w9); WORD t10 = w9[0]; w9[0] = w9[2]; w9[2] = t10; memcpy((void *)(m2[1] + 2), w9, sizeof w9); for (int k11 = 0; k11 < 3; k11++) m2[1][2 + k11] *= 0.75; }
      r5[0] *= cos(cbrt(2.5 + sin((s7.u + fmin(r5[3], t)))));
    }
    for (int i12 = 1; i12 < 8; i12 += 3) {
      REAL t13 = sin(sqrt(1.5 + sin(fmin((REAL)k6, 2.0))));
      s += 0.125 * sin(t13);
    }
    s /= 1.5 + cos(log(2.0 + cos(exp(-fabs((s7.u - s)))))) * 0.25;
    s += 0.125 * sin((s7.u + s7.v[0] * s7.v[2]));
  }
  REAL t14 = t;
  for (int i15 = 1; i15 < 8; i15 *= 2) {
    struct pair s16 = {0}; s16.k = 1; s16.u = fmin((t + s), (t14 - t14)); s16.v[1] = pow(2.0 + sin(r5[0]), cos(r5[i15]));
    t14 += 0.125 * sin((s16.u + s16.v[0] * s16.v[2]));
  }
  return (((log1p(1.5 + sin((atan2(m2[1][3], 2.5 + sin(m2[1][4])) + log(2.0 + cos(m2[1][3]))))) + 0.25 * (m2[1][0] - 0.5 * m2[1][4])) + 0.25 * (r5[0] - 0.5 * r5[4])) + 0.25 * t14);
}
static inline REAL p_h17(const REAL *restrict p, REAL *restrict q, REAL t) {
  for (int i = 0; i < 3; i++) q[i] += 0.25 * sin(p[i]) * t;
  t /= 1.5 + cos(atan2(((t + p[0]) * fmax(3.0, p[0])), 2.5 + sin(0.5))) * 0.25;
  q[2] += tanh(hypot((p_h1(t, q[2]) + t), 1.0 + sin(pow(2.0 + sin(t), cos(sqrt(1.5 + sin(p[2]))))) * 0.5));
  REAL t18 = pow(2.0 + sin(p[0]), cos((fma(q[1], 0.5, t) * floor(t))));
  { REAL *m19 = (REAL *)malloc(4 * sizeof(REAL)); for (int i20 = 0; i20 < 4; i20++) m19[i20] = (sqrt(1.5 + sin(q[(int)((unsigned)(i20) % 3u)])) + hypot(p[(int)((unsigned)(i20 * 3 + 2) % 3u)], 1.0 + sin(p[(int)((unsigned)(i20 + 3) % 3u)]) * 0.5));  {
    REAL t21 = t;
    REAL t22 = ((p[0] * tanh(t18)) * fmax(p[2], atan2(t21, 2.5 + sin(t21))));
    REAL t23 = hypot(erf(fma(p[1], 0.5, t18)), 1.0 + sin(atan((t18 * q[1]))) * 0.5);
  } free(m19); }
  return ((0.5 * (hypot(t, 1.0 + sin(t) * 0.5) * -(t)) + 0.25 * log1p(1.5 + sin(fma(p[0], 0.5, t18)))) + 0.25 * t18);
}
REAL p_f(REAL x, REAL y, REAL *a, REAL *b, int n) {
  b[n] -= sin(y);
  for (int i24 = 0; i24 < 1; i24++) {
    y /= 1.5 + cos(y) * 0.25;
    struct box o25 = {0}; o25.one.u = y; o25.some[1].v[1] = (y + b[n]); o25.p = b + 0; o25.n = (int)((unsigned)(i24 * 3 + 4) % 4u);
    REAL v27[3] = {o25.p[0], o25.p[1], o25.p[2]}; REAL t26 = (a[(int)((unsigned)(i24 + 0) % 8u)] * o25.one.w); t26 = p_h17(v27, o25.p, t26);
    x += 0.125 * sin(t26);
    x += 0.125 * sin((o25.one.u + o25.one.v[0] * o25.one.v[2]));
    x += 0.125 * sin((o25.some[1].u + o25.some[1].v[0] * o25.some[1].v[2]));
  }
  { int k29 = 3 + 3; REAL v28[k29]; for (int i30 = 0; i30 < k29; i30++) v28[i30] = pow(2.0 + sin(2.0), cos(y)); {
    REAL t31 = (v28[(int)((unsigned)(n + 2) % 3u)] + v28[(int)((unsigned)(n) % 3u)]); t31 = p_h17(a, b, t31);
    { REAL v32[2]; int k33 = 0; for (int i34 = 0; i34 < 4; i34++) { if ((((t31 + (REAL)i34) <= (v28[2] / (2.0 + cos(v28[(int)((unsigned)(n + 2 * n) % 3u)])))) && (i34 + 2 > 3)) && k33 < 2) v32[k33++] = hypot(exp(sin(t31)), 1.0 + sin(cos(t31)) * 0.5); else if (k33 > 0) t31 += 0.5 * v32[--k33]; } while (k33 > 0) t31 -= 0.25 * v32[--k33]; }
    if (fmin(v28[1], t31) >= x) {
      for (int i35 = 1; i35 < 8; i35 *= 2) {
        b[n] -= sin((((x + a[n]) < (a[i35] - y)) ? (REAL)(floor(x)) : (REAL)(atan2((y + x), 2.5 + sin(y)))));
        b[n] += tanh(v28[1]);
        REAL t36 = tanh(hypot(p_h1(2.0, y), 1.0 + sin(x) * 0.5));
        y += 0.125 * sin(t36);
      }
      REAL v37[3]; for (int i38 = 0; i38 < 3; i38++) v37[i38] = (pow(2.0 + sin(a[i38]), cos(fmax(a[(int)((unsigned)(i38 * 3 + 1) % 8u)], b[(int)((unsigned)(i38 + 2 * n) % 8u)]))));
      x += 0.125 * sin((v37[0] - 0.5 * v37[2]));
    } else {
      REAL (*f39)(REAL, REAL) = (floor(y) >= ((cos(x) >= exp(sin(t31))) ? (REAL)(a[n]) : (REAL)(t31))) ? p_h1 : p_h1;
      { WORD w40[3]; memcpy((void *)w40, b + 5, sizeof w40); WORD t41 = w40[0]; w40[0] = w40[2]; w40[2] = t41; memcpy((void *)(v28 + 0), w40, sizeof w40); for (int k42 = 0; k42 < 3; k42++) v28[0 + k42] *= 0.75; }
    }
    a[n] = ((x / (2.0 + cos((a[3] + cbrt(2.5 + sin((REAL)n)))))));
  } }
  y /= 1.5 + cos(fabs(sin(y))) * 0.25;
  memset((void *)b, 0, 6 * sizeof(REAL));
  return (fma(y, 0.5, erf(y)) * (3.0 * fabs(b[4])));
}
