// A volatile number is read and written as often as the source says.
//! ret REAL
//! out REAL x = 0.7 | -1.25
#include "case.h"
REAL f(REAL x) {
#ifdef RZ_DUAL
  REAL v = x;
#else
  volatile REAL v = x;
#endif
  for (int i = 0; i < 3; i++) v = v * x + i;
  return v * v;
}
