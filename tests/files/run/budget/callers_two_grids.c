// Two grids of the caller's, written in turns, by rows; their sides are not known, and may be zero or less.
//! ret REAL
//! dup REAL u[12] = fill(0.2, 0.9)
//! dup REAL v[12] = fill(-0.5, 0.5)
//! const int rows = 3 | 4 | 3 | 0 | -2
//! const int columns = 4 | 3 | 3 | 4 | 4
//! const int steps = 9 | 5 | 1 | 3 | 4
//! options tape-budget=900
#include "case.h"
static void sweep(int rows, int columns, const REAL *a, REAL *b) {
  for (int i = 0; i < rows; i++)
    for (int j = 0; j < columns; j++) {
      int up = (i + rows - 1) % rows, left = (j + columns - 1) % columns;
      b[i * columns + j] = 0.8 * a[i * columns + j] * (1 - 0.1 * b[up * columns + j] * a[i * columns + left]);
    }
}
REAL f(REAL *u, REAL *v, int rows, int columns, int steps) {
  for (int t = 0; t < steps; t++) {
    sweep(rows, columns, u, v);
    sweep(rows, columns, v, u);
  }
  REAL s = u[0] * v[1];
  for (int i = 0; i < rows * columns; i++)
    s += u[i] * v[i];
  return s;
}
