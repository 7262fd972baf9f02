// A price is inverted for its volatility by safeguarded Newton: bracketing when a step leaves the interval.
//! ret REAL
//! out REAL price = 8 | 12
//! out REAL strike = 105
#include "case.h"
static REAL cdf(REAL x) { return 0.5 * erfc(-x * 0.7071067811865476); }
REAL f(REAL price, REAL strike) {
  REAL lo = 0.01, hi = 2, v = 1.9;
  for (int i = 0; i < 60; i++) {
    REAL d1 = log(100 / strike) / v + 0.5 * v, d2 = d1 - v;
    REAL error = 100 * cdf(d1) - strike * cdf(d2) - price, slope = 100 * 0.3989422804014327 * exp(-0.5 * d1 * d1);
    if (error > 0) hi = v;
    else lo = v;
    REAL next = v - error / slope;
    if (next <= lo || next >= hi) next = 0.5 * (lo + hi);
    REAL moved = fabs(next - v);
    v = next;
    if (moved < 1e-14) break;
  }
  return v;
}
