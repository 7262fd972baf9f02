// A delay line as a ring with a wrapping index: an echo that feeds back.
//! dup REAL in[9] = fill(-1, 1)
//! dup REAL out[9] = 0
//! out REAL gain = 0.6
#include "case.h"
void f(const REAL *in, REAL *out, REAL gain) {
  REAL ring[4] = {0, 0, 0, 0};
  unsigned at = 0;
  for (int t = 0; t < 9; t++) {
    REAL old = ring[at & 3];
    out[t] = in[t] + gain * old;
    ring[at & 3] = out[t];
    at++;
    if (t == 5) at += 2;
  }
}
