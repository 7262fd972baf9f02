// Escape-time iteration with two exits.
//! ret REAL
//! out REAL cr = -0.5 | 0.4
//! out REAL ci = 0.3 | 0.5
#include "case.h"
REAL f(REAL cr, REAL ci) {
  REAL x = 0, y = 0;
  for (int i = 0; i < 12; i++) {
    REAL t = x * x - y * y + cr;
    y = 2.0 * x * y + ci;
    x = t;
    if (x * x + y * y > 4.0) return x * y * 0.5;
  }
  return x * x + y * y;
}
