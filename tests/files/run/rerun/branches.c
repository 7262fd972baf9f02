// What a step does depends on the state; whole numbers are part of it.
//! ret REAL
//! dup REAL start[5] = 0.5 -0.4 0.7 -0.2 0.3 | -0.3 0.6 0.1 0.8 -0.5
//! const int steps = 6
#include "case.h"
REAL f(const REAL *start, int steps) {
  REAL x[5], k[5];
  int seen[5] = {0};
  for (int i = 0; i < 5; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 5; i++) {
      if (x[i] > 0) {
        k[i] = x[i] * x[(i + t) % 5];
        seen[i] += 1 + t;
      } else {
        k[i] = sin(x[i]) - x[(i + seen[i]) % 5];
      }
    }
    for (int i = 0; i < 5; i++)
      x[i] = 0.8 * x[i] + 0.3 * k[seen[i] % 5] * k[i] * (1 + 0.1 * seen[(i + 1) % 5]);
  }
  REAL s = 0;
  for (int i = 0; i < 5; i++)
    s += x[i] * x[i] * (1 + seen[i]);
  return s;
}
