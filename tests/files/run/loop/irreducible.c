// A jump into the middle of a loop.
//! ret REAL
//! out REAL x = 0.7 | -0.7
//! const int n = 4
#include "case.h"
REAL f(REAL x, int n) {
  REAL r = x;
  int i = 0;
  if (x > 0) goto middle;
top:
  r = r * x + 0.5;
middle:
  r = sin(r) * 2.0;
  if (++i < n) goto top;
  return r;
}
