// Blocks overlap by half: a window, a filter in between, and the halves added again.
//! dup REAL x[16] = fill(-1, 1)
//! dup REAL gain[4] = fill
//! dup REAL y[16] = 0
#include "case.h"
void f(const REAL *x, const REAL *gain, REAL *y) {
  for (int b = 0; b + 8 <= 16; b += 4) {
    REAL re[4], im[4];
    for (int k = 0; k < 4; k++) {
      re[k] = im[k] = 0;
      for (int i = 0; i < 8; i++) {
        double w = 0.5 - 0.5 * cos(0.7853981633974483 * (i + 0.5)), a = 0.7853981633974483 * k * i;
        re[k] += w * x[b + i] * cos(a), im[k] -= w * x[b + i] * sin(a);
      }
      REAL m = gain[k] / (1 + re[k] * re[k] + im[k] * im[k]);
      re[k] *= m, im[k] *= m;
    }
    for (int i = 0; i < 8; i++)
      for (int k = 0; k < 4; k++) y[b + i] += (k ? 2 : 1) * (re[k] * cos(0.7853981633974483 * k * i) - im[k] * sin(0.7853981633974483 * k * i)) / 8;
  }
}
