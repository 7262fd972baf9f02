// A local array of functions that a short loop writes and calls: with the loop unrolled they are called directly.
//! ret REAL
//! out REAL x = 0.75 | -0.5
//! dup REAL a[3] = 1.5 -0.25 0.5 | fill(-1, 1)
#include "case.h"
NOINLINE static REAL product(REAL s, REAL t) { return s * t + 0.75; }
NOINLINE static REAL wave(REAL s, REAL t) { return sin(s) - t * t; }
NOINLINE static REAL twice(REAL s, REAL t) { return product(wave(s, t), t); }
REAL f(REAL x, REAL *a) {
  REAL (*each[3])(REAL, REAL) = {product, product, product};
  for (int i = 0; i < 3; i++) {
    each[i] = i == 1 ? wave : twice;
    x -= each[0](a[i], x);
    a[1] += 0.5 * each[i](x, a[0]);
  }
  REAL (*same[2])(REAL, REAL) = {product, product};
  for (int i = 0; i < 2; i++) {
    same[i] = product;
    x += same[0](0.5, x) * a[i];
  }
  return x;
}
