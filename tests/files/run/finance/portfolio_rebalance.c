// Holdings drift with prices and are brought back when they are too far off; costs depend on the sign of trades.
//! ret REAL
//! dup REAL returns[18] = fill(-0.05, 0.06)
//! dup REAL target[3] = 0.5 0.3 0.2
#include "case.h"
REAL f(const REAL *returns, const REAL *target) {
  REAL hold[3], value = 0, cost = 0;
  for (int i = 0; i < 3; i++) hold[i] = 100 * target[i];
  for (int t = 0; t < 6; t++) {
    REAL total = 0, off = 0;
    for (int i = 0; i < 3; i++) hold[i] *= 1 + returns[3 * t + i], total += hold[i];
    for (int i = 0; i < 3; i++) off += fabs(hold[i] / total - target[i]);
    if (off < 0.01) continue;
    for (int i = 0; i < 3; i++) {
      REAL trade = total * target[i] - hold[i];
      cost += trade > 0 ? 0.002 * trade : -0.001 * trade;
      hold[i] += trade;
    }
  }
  for (int i = 0; i < 3; i++) value += hold[i];
  return value - cost;
}
