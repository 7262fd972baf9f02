// Two buffers chosen by the parity of the step; the last step decides which one is read.
//! ret REAL
//! dup REAL u[6] = fill
//! const int steps = 4 | 5 | 0
#include "case.h"
REAL f(const REAL *u, int steps) {
  REAL buf[2][6];
  memcpy(buf[0], u, sizeof buf[0]);
  for (int t = 0; t < steps; t++) {
    const REAL *from = buf[t & 1];
    REAL *to = buf[(t + 1) & 1];
    for (int i = 0; i < 6; i++) to[i] = from[i] + 0.2 * from[(i + 1) % 6] * (from[(i + 5) % 6] - from[i]);
  }
  REAL s = 0;
  for (int i = 0; i < 6; i++) s += buf[steps & 1][i] * buf[0][i];
  return s;
}
