// Every output touches a window of inputs.
//! dup REAL a[6] = fill
//! dup REAL k[3] = fill
//! dup REAL out[4] = fill
#include "case.h"
void f(const REAL *a, const REAL *k, REAL *out) {
  for (int i = 0; i < 4; i++) {
    out[i] = 0;
    for (int j = 0; j < 3; j++) out[i] += a[i + j] * k[j];
  }
}
