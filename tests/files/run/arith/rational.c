// Numerator and denominator share subexpressions.
//! ret REAL
//! out REAL x = 0.7 | 2.5
//! out REAL y = -1.1 | 0.3
#include "case.h"
REAL f(REAL x, REAL y) {
  REAL p = x * x + y, q = x * y + 4.0;
  return (p * q + p) / (q * q + p * p);
}
