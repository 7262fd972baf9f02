// Depth-first search with explicit undo: queens on a board, weights multiplied along a solution.
//! ret REAL
//! dup REAL w[25] = fill
#include "case.h"
REAL f(const REAL *w) {
  int column[5], row = 0;
  REAL partial[6] = {1, 0, 0, 0, 0, 0}, total = 0;
  column[0] = -1;
  while (row >= 0) {
    int c = ++column[row], ok = 1;
    if (c == 5) {
      row--;
      continue;
    }
    for (int r = 0; r < row && ok; r++) ok = column[r] != c && abs(column[r] - c) != row - r;
    if (!ok) continue;
    partial[row + 1] = partial[row] * w[5 * row + c];
    if (row == 4) total += partial[5];
    else column[++row] = -1;
  }
  return total;
}
