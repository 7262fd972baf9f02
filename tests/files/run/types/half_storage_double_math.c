// Weights are stored in halves and singles, all arithmetic is in double, results are stored back.
//! ret REAL
//! dup REALF w[6] = fill
//! dup REAL x[6] = fill
#include "case.h"
struct packed { REALF coarse[3]; REAL fine; REALF tail[2]; };
REAL f(const REALF *w, const REAL *x) {
  struct packed p[2];
  REAL s = 0;
  for (int k = 0; k < 2; k++) {
    for (int i = 0; i < 3; i++) p[k].coarse[i] = (REALF)(w[i + k] * x[i]);
    p[k].fine = x[k] * x[k + 1];
    for (int i = 0; i < 2; i++) p[k].tail[i] = (REALF)(p[k].fine * w[i + 2]);
  }
  for (int k = 0; k < 2; k++) s += (REAL)p[k].coarse[k] * p[1 - k].fine + (REAL)p[k].tail[k] * (REAL)p[1 - k].coarse[2];
  return s;
}
