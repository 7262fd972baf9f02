// A loop keeps a number for its next iteration, and stores between using the old one and loading the new one. Where the
// store goes to what is loaded, the new one is what was stored; elsewhere the two may change places.
//! ret REAL
//! dup REAL x[12] = fill(-1, 1) | fill(0.5, 1)
//! const int to[12] = 0 1 5 3 7 5 6 2 8 11 10 4
//! const int n = 12 | 3
#include "case.h"
#include <stdlib.h>
static void shift(const REAL *restrict x, REAL *restrict y, REAL *restrict z, int n) {
  REAL kept = x[0];
  for (int i = 1; i < n; i++) {
    z[i] = kept;
    y[i] = kept * x[i];
    kept = x[i];
  }
  z[0] = kept;
}
static void in_place(REAL *x, const int *to, int n) {
  REAL kept = x[0];
  for (int i = 1; i < n; i++) {
    x[to[i]] = kept * kept * 0.5;
    kept = x[i];
  }
  x[0] = kept;
}
static void next_place(REAL *x, int n) {
  REAL kept = x[0];
  for (int i = 1; i < n; i++) {
    x[i] = kept * 0.5 + 0.1;
    kept = 0.3 * x[i] * x[0];
  }
  x[0] += kept;
}
static void one_behind(REAL *x, int n) {
  REAL kept = x[1];
  for (int i = 1; i + 1 < n; i++) {
    x[i] = kept * x[i - 1];
    kept = x[i + 1];
  }
}
REAL f(REAL *x, const int *to, int n) {
  REAL *y = (REAL *)malloc(24 * sizeof(REAL)), *z = y + 12;
  for (int i = 0; i < 24; i++)
    y[i] = 0.3 * x[i % 12];
  REAL sum = 0;
  for (int t = 0; t < 3; t++) {
    shift(x, y, z, n);
    in_place(y, to, n);
    next_place(z, n);
    one_behind(y, n);
    for (int i = 0; i < n; i++)
      x[i] = 0.5 * y[i] + z[i] * x[i];
  }
  for (int i = 0; i < 12; i++)
    sum += x[i] * x[i] * (REAL)(i + 1) + y[i] * z[i];
  free(y);
  return sum;
}
