// Three recurrences that read each other's last values, updated in turn by the remainder of the counter.
//! ret REAL
//! dup REAL x[3] = 0.4 0.7 1.1
//! const int n = 14 | 2
#include "case.h"
REAL f(const REAL *x, int n) {
  REAL a = x[0], b = x[1], c = x[2];
  for (int i = 0; i < n; i++) switch (i % 3) {
    case 0: a = a * b + 0.1; break;
    case 1: b = sin(c) - 0.2 * a; break;
    default: c = c / (1 + a * a) + b;
    }
  return a * b + b * c + c * a;
}
