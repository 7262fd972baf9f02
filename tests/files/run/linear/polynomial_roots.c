// All roots of a polynomial at once by Durand and Kerner, in complex pairs kept as two numbers.
//! ret REAL
//! dup REAL c[4] = -6 11 -6.5 0.5
#include "case.h"
struct z { REAL re, im; };
static struct z times(struct z a, struct z b) { struct z r = {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re}; return r; }
static struct z over(struct z a, struct z b) {
  REAL n = b.re * b.re + b.im * b.im;
  struct z r = {(a.re * b.re + a.im * b.im) / n, (a.im * b.re - a.re * b.im) / n};
  return r;
}
REAL f(const REAL *c) {
  struct z x[4];
  REAL s = 0;
  for (int i = 0; i < 4; i++) x[i].re = 0.4 + 0.9 * i, x[i].im = i % 2 ? 0.7 : -0.6;
  for (int round = 0; round < 25; round++)
    for (int i = 0; i < 4; i++) {
      struct z p = {1, 0}, q = {1, 0};
      for (int k = 3; k >= 0; k--) p = times(p, x[i]), p.re += c[k];
      for (int j = 0; j < 4; j++) {
        struct z d = {x[i].re - x[j].re, x[i].im - x[j].im};
        if (j != i) q = times(q, d);
      }
      struct z step = over(p, q);
      x[i].re -= step.re, x[i].im -= step.im;
    }
  for (int i = 0; i < 4; i++) s += (x[i].re * x[i].re + x[i].im * x[i].im) * (x[i].re + 2);
  return s;
}
