// Second-order sections in series, each with its two delays, over a block of samples in place.
//! dup REAL x[8] = fill(-1, 1)
//! dup struct section s[2] { .b[0..3] .a[0..2] } = 0.2 0.4 0.2 -0.6 0.2 1 -0.5 0.1 -0.3 0.05
#include "case.h"
struct section { REAL b[3], a[2]; };
void f(REAL *x, const struct section *s) {
  REAL z[2][2] = {{0, 0}, {0, 0}};
  for (int t = 0; t < 8; t++)
    for (int k = 0; k < 2; k++) {
      REAL in = x[t], out = s[k].b[0] * in + z[k][0];
      z[k][0] = s[k].b[1] * in - s[k].a[0] * out + z[k][1];
      z[k][1] = s[k].b[2] * in - s[k].a[1] * out;
      x[t] = out;
    }
}
