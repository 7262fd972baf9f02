// Half precision in memory, single in arithmetic.
//! ret REALF
//! dup REALH a[3] = 0.5 1.25 -0.75
#include "case.h"
REALF f(REALH *a) {
  REALF s = 0;
  for (int i = 0; i < 3; i++) s += (REALF)a[i] * (REALF)a[2 - i];
  a[1] = (REALH)s;
  return s * 0.5f;
}
