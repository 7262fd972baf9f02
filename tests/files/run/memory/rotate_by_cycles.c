// An array is rotated in place along the cycles of the permutation.
//! dup REAL a[12] = fill
//! const int by = 4 | 5 | 9
#include "case.h"
void f(REAL *a, int by) {
  int moved = 0;
  for (int start = 0; moved < 12; start++) {
    int at = start;
    REAL carried = a[start];
    do {
      int to = (at + by) % 12;
      REAL t = a[to];
      a[to] = carried * (1 + 0.1 * t);
      carried = t;
      at = to;
      moved++;
    } while (at != start);
  }
}
