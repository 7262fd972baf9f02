// Quadrature of a function with a parameter.
//! ret REAL
//! out REAL a = 0.7
//! out REAL b = 1.9
//! const int n = 6
#include "case.h"
NOINLINE static REAL g(REAL t, REAL a) { return exp(-a * t * t) * cos(t); }
REAL f(REAL a, REAL b, int n) {
  REAL h = b / (2.0 * n), s = g(0.0, a) + g(b, a);
  for (int i = 1; i < 2 * n; i++) s += (i % 2 ? 4.0 : 2.0) * g(h * i, a);
  return s * h / 3.0;
}
