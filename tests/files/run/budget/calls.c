// The step is a function of its own, and calls another.
//! ret REAL
//! dup REAL start[5] = fill(0.2, 0.9)
//! const int steps = 19
//! options tape-budget=1500
#include "case.h"
static REAL flux(REAL a, REAL b) { return a * b / (1 + a * a); }
static void __attribute__((noinline)) step(int n, const REAL *now, REAL *then, REAL h) {
  for (int i = 0; i < n; i++) {
    REAL in = flux(now[i], now[(i + 1) % n]), out = flux(now[(i + n - 1) % n], now[i]);
    then[i] = now[i] + h * (in - out) * in;
  }
}
REAL f(const REAL *start, int steps) {
  REAL x[5], y[5];
  for (int i = 0; i < 5; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    step(5, x, y, 0.2);
    step(5, y, x, 0.1);
  }
  REAL s = 0;
  for (int i = 0; i < 5; i++)
    s += x[i] * x[i];
  return s;
}
