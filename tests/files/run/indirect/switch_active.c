// A switch on an integer made from an active number.
//! ret REAL
//! out REAL x = 0.3 | 1.7 | 2.2 | 9
#include "case.h"
REAL f(REAL x) {
  REAL s = x;
  for (int i = 0; i < 4; i++)
    switch ((int)VALUE(s)) {
      case 0: s = s * s + 1; break;
      case 1: s = s * x + 0.5; /* fall through */
      case 2: s -= 0.25 * x; break;
      default: s = sqrt(s * s + x);
    }
  return s;
}
