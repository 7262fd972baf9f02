// Steps of varying size until the end of time: their number is not known before, and time is part of the state.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! const double end = 1 | 0.3
#include "case.h"
REAL f(const REAL *start, double end) {
  REAL x[4], y[4], time = 0;
  for (int i = 0; i < 4; i++)
    x[i] = start[i];
  do {
    REAL h = 0.1 + 0.02 * x[0] * x[0];
    for (int i = 0; i < 4; i++)
      y[i] = x[i] + h * cos(x[i] * time) * x[3 - i];
    for (int i = 0; i < 4; i++)
      x[i] = x[i] * 0.9 + h * y[i] * y[3 - i] * x[i];
    time += h;
  } while (time < end);
  REAL s = time;
  for (int i = 0; i < 4; i++)
    s += x[i] * x[i];
  return s;
}
