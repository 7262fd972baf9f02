// Arithmetic in half precision itself.
//! ret REALF
//! dup REALH a[2] = 0.5 1.25
#include "case.h"
REALF f(const REALH *a) {
  REALH t = a[0] * a[1];
  REALH u = t + a[0];
  return (REALF)u * (REALF)t;
}
