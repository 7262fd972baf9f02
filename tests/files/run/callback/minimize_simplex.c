// Nelder and Mead with an objective that is passed in; vertices move by comparisons.
//! ret REAL
//! dup REAL t[2] = 0.7 -0.4
#include "case.h"
struct problem { REAL (*value)(const struct problem *, const REAL *); const REAL *t; };
static REAL bowl(const struct problem *p, const REAL *x) {
  REAL a = x[0] - p->t[0], b = x[1] - p->t[1] * x[0];
  return a * a + 3 * b * b + 0.1 * a * b;
}
static NOINLINE REAL minimize(const struct problem *p, int steps) {
  REAL v[3][2] = {{0, 0}, {1, 0.1}, {0.2, 1}}, y[3];
  for (int i = 0; i < 3; i++) y[i] = p->value(p, v[i]);
  while (steps-- > 0) {
    int hi = 0, lo = 0;
    for (int i = 1; i < 3; i++) hi = y[i] > y[hi] ? i : hi, lo = y[i] < y[lo] ? i : lo;
    REAL c[2], r[2], yr;
    for (int k = 0; k < 2; k++) c[k] = 0.5 * (v[0][k] + v[1][k] + v[2][k] - v[hi][k]), r[k] = 2 * c[k] - v[hi][k];
    yr = p->value(p, r);
    if (yr < y[hi]) {
      memcpy(v[hi], r, sizeof r);
      y[hi] = yr;
    } else
      for (int i = 0; i < 3; i++) {
        if (i == lo) continue;
        for (int k = 0; k < 2; k++) v[i][k] = 0.5 * (v[i][k] + v[lo][k]);
        y[i] = p->value(p, v[i]);
      }
  }
  return v[0][0] * v[1][1] + y[0] + y[2];
}
REAL f(const REAL *t) {
  struct problem p = {bowl, t};
  return minimize(&p, 7);
}
