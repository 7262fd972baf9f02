// Rows of a table by token, summed with sinusoids of the position; the same row may come twice.
//! ret REAL
//! dup REAL table[20] = fill(-1, 1)
//! const unsigned char token[6] = 3 1 3 4 0 1
#include "case.h"
REAL f(const REAL *table, const unsigned char *token) {
  REAL state[4] = {0, 0, 0, 0}, r = 0;
  for (int t = 0; t < 6; t++) {
    const REAL *row = table + 4 * token[t];
    for (int d = 0; d < 4; d++) {
      double angle = t / pow(100, d / 2 / 2.0), position = d % 2 ? cos(angle) : sin(angle);
      state[d] = tanh(0.5 * state[(d + 1) % 4] + row[d] + 0.1 * position);
    }
  }
  for (int d = 0; d < 4; d++) r += state[d] * state[d] * (d + 1);
  return r;
}
