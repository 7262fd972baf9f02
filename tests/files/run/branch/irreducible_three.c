// Three blocks in a ring, each of which can be entered first and left.
//! ret REAL
//! out REAL x = 0.8
//! const int first = 0 | 1 | 2
#include "case.h"
REAL f(REAL x, int first) {
  REAL y = x;
  int n = 0;
  switch (first) {
  case 0: goto a;
  case 1: goto b;
  default: goto c;
  }
a:
  y = y * x + 1;
  if (++n > 7) return y;
b:
  y = sin(y) + x;
  if (++n > 9) return y * x;
c:
  y = y / (1 + x * x);
  if (++n > 8) return y - x;
  if (n % 3 == 1) goto b;
  goto a;
}
