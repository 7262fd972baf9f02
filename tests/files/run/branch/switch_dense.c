// A switch with a jump table, a shared arm and a default.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 0 | 1 | 2 | 3 | 4 | 99
#include "case.h"
REAL f(REAL x, int k) {
  REAL r;
  switch (k) {
  case 0: r = x; break;
  case 1: r = x * x; break;
  case 2:
  case 3: r = sin(x) * k; break;
  case 4: r = exp(x); break;
  default: r = 1 / x; break;
  }
  return r * r;
}
