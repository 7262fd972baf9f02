// Two sums one after the other, in a branch, with scratch of two dimensions and counts from memory.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5)
//! const int count[2] = 3 4
//! const int on = 1 | 0
#include "case.h"
REAL f(const REAL *a, const int *count, int on) {
  REAL t[2][3], u[6];
  REAL s = a[0];
  if (on) {
    REAL first = 0, second = 0;
    for (int i = 0; i < count[0]; i++) {
      for (int r = 0; r < 2; r++)
        for (int c = 0; c < 3; c++)
          t[r][c] = a[3 * r + c] * (i + 1) + a[i];
      for (int c = 0; c < 3; c++)
        first += t[0][c] * t[1][c];
    }
    for (int i = 0; i < count[1]; i++) {
      memset(u, 0, sizeof u);
      for (int c = 0; c < 6; c++)
        u[(c * 5 + i) % 6] += a[c] * a[i];
      for (int c = 0; c < 6; c++)
        second += exp(-u[c]);
    }
    s += first * 3 - second;
  }
  return s;
}
