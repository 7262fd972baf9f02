// A symmetric matrix stored as a packed triangle: indices by a formula.
//! ret REAL
//! dup REAL p[10] = fill
//! dup REAL x[4] = fill
#include "case.h"
static int at(int i, int j) { return i >= j ? i * (i + 1) / 2 + j : at(j, i); }
REAL f(REAL *p, const REAL *x) {
  REAL y[4];
  for (int i = 0; i < 4; i++) {
    y[i] = 0;
    for (int j = 0; j < 4; j++) y[i] += p[at(i, j)] * x[j];
  }
  for (int i = 0; i < 4; i++)
    for (int j = 0; j <= i; j++) p[at(i, j)] += 0.5 * y[i] * y[j];
  REAL s = 0;
  for (int i = 0; i < 4; i++) s += p[at(i, 3 - i)] * y[i];
  return s;
}
