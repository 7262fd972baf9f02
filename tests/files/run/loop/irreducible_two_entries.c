// Two blocks that jump to each other, entered at either.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 0 | 1
#include "case.h"
REAL f(REAL x, int k) {
  REAL r = x;
  int left = 6;
  if (k) goto b;
a:
  r = r * r * 0.5 + x;
  if (--left <= 0) return r;
  if (left % 3 == 0) goto a;
b:
  r = r - sin(r);
  if (--left <= 0) return r * 2.0;
  if (left % 2) goto b;
  goto a;
}
