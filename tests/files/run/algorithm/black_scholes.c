// A closed formula with the error function.
//! ret REAL
//! out REAL s = 100
//! out REAL k = 95
//! out REAL v = 0.25
//! out REAL t = 0.75
#include "case.h"
NOINLINE static REAL normal(REAL x) { return 0.5 * erfc(-x * 0.7071067811865476); }
REAL f(REAL s, REAL k, REAL v, REAL t) {
  REAL d1 = (log(s / k) + (0.03 + 0.5 * v * v) * t) / (v * sqrt(t)), d2 = d1 - v * sqrt(t);
  return s * normal(d1) - k * exp(-0.03 * t) * normal(d2);
}
