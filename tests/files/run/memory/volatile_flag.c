// A volatile integer decides, and is read as often as before.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 1 | 0
#include "case.h"
REAL f(REAL x, int k) {
  volatile int flag = k;
  REAL r = x * x;
  if (flag) r = r * x;
  flag = 0;
  return r;
}
