// Adams-Bashforth of third order: the last three slopes in a ring, started by smaller steps.
//! dup REAL x[3] = 1 2 20 | -3 1 15
//! out REAL sigma = 10
//! dup REAL r[3] = 0 0 0
#include "case.h"
static void slope(const REAL *x, REAL sigma, REAL *d) {
  d[0] = sigma * (x[1] - x[0]);
  d[1] = x[0] * (28 - x[2]) - x[1];
  d[2] = x[0] * x[1] - 8.0 / 3 * x[2];
}
void f(const REAL *x, REAL sigma, REAL *r) {
  REAL d[3][3], y[3], h = 0.01;
  for (int i = 0; i < 3; i++) y[i] = x[i];
  for (int t = 0; t < 12; t++) {
    REAL *now = d[t % 3], *before = d[(t + 2) % 3], *first = d[(t + 1) % 3];
    slope(y, sigma, now);
    for (int i = 0; i < 3; i++)
      y[i] += t < 2 ? h / 4 * now[i] : h * (23.0 / 12 * now[i] - 16.0 / 12 * before[i] + 5.0 / 12 * first[i]);
  }
  for (int i = 0; i < 3; i++) r[i] = y[i];
}
