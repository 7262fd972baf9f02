// Coupling layers: one half is scaled and shifted by a function of the other; log-determinants add up.
//! ret REAL
//! dup REAL x[4] = fill(-1, 1)
//! dup REAL theta[12] = fill(-0.5, 0.5)
#include "case.h"
REAL f(const REAL *x, const REAL *theta) {
  REAL z[4], logdet = 0, nll = 0;
  memcpy(z, x, sizeof z);
  for (int layer = 0; layer < 3; layer++) {
    REAL *fixed = layer % 2 ? z : z + 2, *moved = layer % 2 ? z + 2 : z;
    const REAL *t = theta + 4 * layer;
    for (int i = 0; i < 2; i++) {
      REAL s = tanh(t[0] * fixed[0] + t[1] * fixed[1] + i * t[2]);
      moved[i] = moved[i] * exp(s) + t[3] * fixed[i] * fixed[1 - i];
      logdet += s;
    }
  }
  for (int i = 0; i < 4; i++) nll += 0.5 * z[i] * z[i];
  return nll - logdet;
}
