// As magic.c, with the integer step done in memory.
//! ret REAL
//! out REAL x = 1.25
//! fd off
//! refuse RZ0015
//! interpreted off the oracle computes the number, not its approximation
#include "case.h"
#ifdef RZ_DUAL
REAL f(REAL x) { return 1 / sqrt(x); }
#else
NOINLINE static void step(uint32_t *i) { *i = 0x5f3759df - (*i >> 1); }
REAL f(REAL x) {
  float v = (float)x, y;
  uint32_t i;
  memcpy(&i, &v, sizeof i);
  step(&i);
  memcpy(&y, &i, sizeof y);
  return y * (1.5f - 0.5f * v * y * y);
}
#endif
