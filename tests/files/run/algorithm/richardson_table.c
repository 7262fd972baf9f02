// Extrapolation of a step size to zero in a triangular table, stopped when it settles.
//! ret REAL
//! out REAL x = 1.2 | 0.3
#include "case.h"
static REAL g(REAL t) { return sin(t) * exp(0.3 * t); }
REAL f(REAL x) {
  REAL table[6][6], h = 0.4 * x;
  for (int i = 0; i < 6; i++, h /= 2) {
    table[i][0] = (g(x + h) - g(x - h)) / (2 * h);
    REAL power = 4;
    for (int j = 1; j <= i; j++, power *= 4) table[i][j] = (power * table[i][j - 1] - table[i - 1][j - 1]) / (power - 1);
    if (i && fabs(table[i][i] - table[i - 1][i - 1]) < 1e-6) return table[i][i];
  }
  return table[5][5];
}
