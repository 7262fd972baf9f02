// Self-consistent magnetizations on a ring of unequal couplings: a damped fixed point.
//! ret REAL
//! dup REAL J[6] = fill
//! out REAL beta = 0.7
#include "case.h"
REAL f(const REAL *J, REAL beta) {
  REAL m[6], change;
  int rounds = 0;
  for (int i = 0; i < 6; i++) m[i] = 0.5 + 0.05 * i;
  do {
    change = 0;
    for (int i = 0; i < 6; i++) {
      REAL field = J[i] * m[(i + 1) % 6] + J[(i + 5) % 6] * m[(i + 5) % 6] + 0.1;
      REAL to = 0.5 * m[i] + 0.5 * tanh(beta * field);
      change += fabs(to - m[i]);
      m[i] = to;
    }
  } while (change > 1e-4 && ++rounds < 60);
  REAL energy = 0;
  for (int i = 0; i < 6; i++) energy -= J[i] * m[i] * m[(i + 1) % 6];
  return energy;
}
