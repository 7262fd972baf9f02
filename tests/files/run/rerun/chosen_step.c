// A step is tried, and taken if its error is small: else it is tried again with half the size.
//! ret REAL
//! dup REAL start[3] = 1.5 0.7 0.4 | 0.4 0.6 0.9
//! const double end = 0.7
#include "case.h"
REAL f(const REAL *start, double end) {
  REAL x[3], k[3], y[3], z[3], time = 0, h = 0.5;
  for (int i = 0; i < 3; i++)
    x[i] = start[i];
  do {
    for (int i = 0; i < 3; i++)
      k[i] = x[(i + 1) % 3] * x[i] - x[i] * x[i];
    for (int i = 0; i < 3; i++)
      y[i] = x[i] + h * k[i];
    REAL error = 0;
    for (int i = 0; i < 3; i++) {
      z[i] = x[i] + 0.5 * h * (k[i] + y[(i + 1) % 3] * y[i] - y[i] * y[i]);
      error += (z[i] - y[i]) * (z[i] - y[i]);
    }
    if (error < 1e-3) {
      for (int i = 0; i < 3; i++)
        x[i] = z[i];
      time += h;
      h *= 1.3;
    } else {
      h *= 0.5;
    }
  } while (time < end);
  return x[0] * x[1] + x[2] * x[2] + time;
}
