// The median of five neighbours by a sorting network of exchanges, over an image row with mirrored ends.
//! dup REAL x[10] = fill(-1, 1)
//! dup REAL y[10] = 0
#include "case.h"
static void order(REAL *a, REAL *b) {
  if (*b < *a) { REAL t = *a; *a = *b; *b = t; }
}
void f(const REAL *x, REAL *y) {
  for (int i = 0; i < 10; i++) {
    REAL v[5];
    for (int k = -2; k <= 2; k++) {
      int j = i + k;
      j = j < 0 ? -j : j > 9 ? 18 - j : j;
      v[k + 2] = x[j] * x[j] + x[j];
    }
    order(v, v + 1), order(v + 3, v + 4), order(v, v + 3), order(v + 1, v + 4), order(v + 1, v + 2), order(v + 2, v + 3), order(v + 1, v + 2);
    y[i] = v[2];
  }
}
