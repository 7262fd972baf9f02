// Bodies that never run, or run once.
//! ret REAL
//! out REAL x = 0.7
//! const int n = 0 | 1 | -5
#include "case.h"
REAL f(REAL x, int n) {
  REAL r = x * 2.0;
  for (int i = 0; i < n; i++) r = r * r;
  while (n-- > 3) r = sin(r);
  return r * x;
}
