// Weights are rounded to a grid for use; what is rounded off has no derivative, the scale has.
//! ret REAL
//! dup REAL w[6] = fill(-1, 1)
//! out REAL scale = 0.13
#include "case.h"
REAL f(const REAL *w, REAL scale) {
  REAL s = 0;
  signed char packed[6];
  for (int i = 0; i < 6; i++) packed[i] = (signed char)lrint(VALUE(w[i]) / VALUE(scale));
  for (int i = 0; i < 6; i++) s += (packed[i] * scale - w[i]) * (packed[i] * scale - w[i]) + packed[i] * scale * w[5 - i];
  return s;
}
