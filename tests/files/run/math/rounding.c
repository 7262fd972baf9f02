// Rounding functions have derivative zero; what they multiply does not.
//! ret REAL
//! out REAL x = 2.3 | -7.7
#include "case.h"
REAL f(REAL x) {
  return x * floor(x) + ceil(x) * x * x + round(x) / x + trunc(x) * sin(x) + rint(x) * x + nearbyint(x) * x;
}
