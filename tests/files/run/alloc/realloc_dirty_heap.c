// The heap is full of old numbers: a grown block's new elements must start without adjoints.
//! ret REAL
//! out REAL x = 1.25 | -0.5
//! const int n = 3 | 2
#include "case.h"
NOINLINE static REAL litter(REAL x) {
  REAL *block[8], r = 0;
  for (int i = 0; i < 8; i++) {
    block[i] = (REAL *)malloc(5 * sizeof(REAL));
    for (int k = 0; k < 5; k++) block[i][k] = x * k + 3.5;
    r += block[i][i % 5];
  }
  for (int i = 0; i < 8; i++) free((void *)block[i]);
  return r;
}
REAL f(REAL x, int n) {
  REAL r = litter(x);
  for (int k = 0; k < n; k++) {
    REAL *h = (REAL *)malloc(4 * sizeof(REAL));
    for (int i = 0; i < 4; i++) h[i] = x * (i + k);
    h = (REAL *)realloc((void *)h, 5 * sizeof(REAL));
    h[4] = x * x;
    r += h[n] * h[1];
    free((void *)h);
  }
  return r;
}
