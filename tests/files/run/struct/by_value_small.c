// A struct of two doubles travels in registers.
//! ret REAL
//! out REAL x = 0.7
//! out REAL y = 1.3
#include "case.h"
struct c { REAL re, im; };
NOINLINE static struct c mul(struct c a, struct c b) {
  struct c r = {a.re * b.re - a.im * b.im, a.re * b.im + a.im * b.re};
  return r;
}
REAL f(REAL x, REAL y) {
  struct c z = {x, y};
  struct c w = mul(z, mul(z, z));
  return w.re * w.im;
}
