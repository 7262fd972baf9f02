// The whole part goes to memory with a zero derivative.
//! ret REAL
//! out REAL x = 2.3 | -7.7
#include "case.h"
REAL f(REAL x) {
  REAL whole;
  REAL part = modf(x, &whole);
  return part * part + whole * x;
}
