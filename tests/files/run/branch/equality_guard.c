// A branch on float equality must not turn into a constant.
//! second off the guard holds at one point only, where differences step off it
//! ret REAL
//! fd off
//! out REAL x = 1.0 | 1.5
#include "case.h"
REAL f(REAL x) {
  if (x != 1.0) return 3.0 * x;
  return x * x * x * 7.0;
}
