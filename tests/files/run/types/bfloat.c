// bfloat16 weights in memory.
//! ret REALF
//! dup REALB w[3] = 0.5 1.25 -0.75
//! dup REALF v[3] = 0.25 0.5 1.5
//! fd off
#include "case.h"
REALF f(const REALB *w, REALF *v) {
  REALF s = 0;
  for (int i = 0; i < 3; i++) {
    s += (REALF)w[i] * v[i];
    v[i] = s;
  }
  return s * s;
}
