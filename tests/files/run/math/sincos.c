// One call, two results through pointers.
//! ret REAL
//! out REAL x = 0.7 | -9
#include "case.h"
REAL f(REAL x) {
  REAL s, c;
  sincos(x, &s, &c);
  return s * c * x + c;
}
