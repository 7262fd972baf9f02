// isnan and friends decide, they do not differentiate.
//! ret REAL
//! out REAL x = 2.7 | -1
#include "case.h"
REAL f(REAL x) {
  if (isnan(x) || !isfinite(x) || isinf(x * 2.0)) return 0;
  return signbit(x) ? x * x * 3.0 : x * x;
}
