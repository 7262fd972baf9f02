// A tour is changed by an own generator; its length decides with a falling temperature.
//! ret REAL
//! dup REAL p[12] = fill(-1, 1)
#include "case.h"
static REAL leg(const REAL *p, int a, int b) { return hypot(p[2 * a] - p[2 * b], p[2 * a + 1] - p[2 * b + 1]); }
REAL f(const REAL *p) {
  int tour[6] = {0, 1, 2, 3, 4, 5};
  uint32_t seed = 7;
  REAL length = 0, history = 0;
  for (int i = 0; i < 6; i++) length += leg(p, tour[i], tour[(i + 1) % 6]);
  for (int step = 0; step < 15; step++) {
    int i = (seed = seed * 1103515245u + 12345) >> 16 & 3, j = i + 1 + ((seed = seed * 1103515245u + 12345) >> 16) % (5 - i);
    REAL before = leg(p, tour[(i + 5) % 6], tour[i]) + leg(p, tour[j], tour[(j + 1) % 6]);
    REAL after = leg(p, tour[(i + 5) % 6], tour[j]) + leg(p, tour[i], tour[(j + 1) % 6]);
    if (j - i < 4 && after < before + 0.5 / (1 + step)) {
      for (int a = i, b = j; a < b; a++, b--) { int t = tour[a]; tour[a] = tour[b]; tour[b] = t; }
      length += after - before;
    }
    history = 0.9 * history + length;
  }
  return history;
}
