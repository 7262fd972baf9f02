// A dense layer with an activation, twice.
//! ret REAL
//! dup REAL w[12] = fill(-1, 1)
//! dup REAL x[3] = fill
#include "case.h"
NOINLINE static void layer(const REAL *w, const REAL *in, REAL *out, int n) {
  for (int i = 0; i < n; i++) {
    REAL s = w[i * 4 + 3];
    for (int j = 0; j < 3; j++) s += w[i * 4 + j] * in[j];
    out[i] = tanh(s);
  }
}
REAL f(const REAL *w, const REAL *x) {
  REAL h[3], o[3];
  layer(w, x, h, 3);
  layer(w, h, o, 3);
  return o[0] * o[0] + o[1] * o[2];
}
