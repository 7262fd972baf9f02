// Forces are added up pair by pair, so their sum is reset in each step; velocities come from all steps before.
//! ret REAL
//! dup REAL start[12] = fill(-0.9, 0.9)
//! const int steps = 4
#include "case.h"
#include <string.h>
static void kick(const REAL *x, REAL *v) {
  REAL force[6];
  memset(force, 0, sizeof force);
  for (int i = 0; i < 3; i++)
    for (int j = i + 1; j < 3; j++) {
      REAL d[2], square = 0.3;
      for (int c = 0; c < 2; c++) {
        d[c] = x[2 * j + c] - x[2 * i + c];
        square += d[c] * d[c];
      }
      REAL pull = 1 / (square * sqrt(square));
      for (int c = 0; c < 2; c++) {
        force[2 * i + c] += pull * d[c];
        force[2 * j + c] -= pull * d[c];
      }
    }
  for (int i = 0; i < 6; i++)
    v[i] += 0.05 * force[i] * (1 + force[i]);
}
REAL f(const REAL *start, int steps) {
  REAL x[6], v[6];
  memcpy(x, start, sizeof x);
  memcpy(v, start + 6, sizeof v);
  for (int t = 0; t < steps; t++) {
    kick(x, v);
    for (int i = 0; i < 6; i++)
      x[i] += 0.1 * v[i];
    kick(x, v);
  }
  REAL s = 0;
  for (int i = 0; i < 6; i++)
    s += x[i] * x[i] + v[i] * v[i];
  return s;
}
