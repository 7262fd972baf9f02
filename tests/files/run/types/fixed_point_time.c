// Time is counted in integers of nanoseconds and turned into seconds where rates need it.
//! second refuse RZ0015 rf ff
//! ret REAL
//! dup REAL rate[3] = fill
//! const long tick[5] = 1000000 2500000 125000 999999 4000001
#include "case.h"
REAL f(const REAL *rate, const long *tick) {
  long long now = 0;
  REAL level = 1;
  for (int i = 0; i < 5; i++) {
    now += tick[i];
    double dt = (double)(now % 3000000) * 1e-6;
    level = level * exp(-rate[i % 3] * dt) + (REAL)(double)(tick[i] >> 20) * rate[2];
  }
  return level * (double)now * 1e-6;
}
