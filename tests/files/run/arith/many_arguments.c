// Nine derivatives come back through memory.
//! ret REAL
//! out REAL a = 1.1
//! out REAL b = 2.2
//! out REAL c = 3.3
//! out REAL d = 4.4
//! out REAL e = 5.5
//! out REAL g = 6.6
//! out REAL h = 7.7
//! out REAL i = 8.8
//! out REAL j = 9.9
#include "case.h"
REAL f(REAL a, REAL b, REAL c, REAL d, REAL e, REAL g, REAL h, REAL i, REAL j) {
  return a * b + c * d - e / g + h * i * j + a * j;
}
