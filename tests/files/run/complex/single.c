// The same functions in single precision, where a number is one vector register.
//! ret REALF
//! fd 0.05 0.01
//! out REALF x = 0.7 | -1.3
//! out REALF y = -0.6 | 0.8
//! interpreted off it has no complex functions
#include "case_complex.h"
REALF f(REALF x, REALF y) {
  COMPLEXF z = MAKEF(x, y);
  COMPLEXF r0 = cexpf(z);
  COMPLEXF r1 = clogf(z);
  COMPLEXF r2 = csqrtf(z);
  COMPLEXF r3 = csinf(z);
  COMPLEXF r4 = ccosf(z);
  COMPLEXF r5 = ctanf(z);
  return RE(r0) * 1 - IM(r0) * x + RE(r1) * 2 - IM(r1) * x + RE(r2) * 3 - IM(r2) * x + RE(r3) * 4 - IM(r3) * x + RE(r4) * 5 - IM(r4) * x + RE(r5) * 6 - IM(r5) * x;
}
