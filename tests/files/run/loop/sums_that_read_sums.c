// Sums that read what the sums before have written, at a distance that is known when the program runs; the same through
// two arrays that are one; and arrays that are apart.
//! ret REAL
//! dup REAL u[64] = fill(-0.5, 0.6) | fill(0.1, 0.4) | fill(-0.3, 0.3)
//! const int lag = 9 | 12 | 10
#include "case.h"
#include <stdlib.h>
// Number i is made from those before it, or behind it.
NOINLINE static void filter(REAL *y, const REAL *x, const REAL *w, long n, long d) {
  for (long i = 0; i < n; i++) {
    REAL z = 0;
    for (long j = 0; j < d; j++)
      z += w[j] * x[i + j];
    y[i] = 0.5 * y[i] + z / (1.0 + z * z);
  }
}
// One after the other, each iteration reads the sum of all before.
NOINLINE static REAL through_memory(REAL *total, const REAL *a, long n, long d) {
  for (long i = 0; i < n; i++) {
    REAL z = 0;
    for (long j = 0; j < d; j++)
      z += a[i + j] * a[j];
    *total = 0.5 * *total * z / (1.0 + z * z) + 0.1 * z;
  }
  return *total;
}
REAL f(REAL *u, int lag) {
  REAL *a = (REAL *)malloc(64 * sizeof(REAL)), *b = (REAL *)malloc(64 * sizeof(REAL));
  REAL sum = 0, total = 0.5;
  for (int i = 0; i < 64; i++) {
    a[i] = u[i];
    b[i] = 0.5 * u[63 - i];
  }
  filter(b, a, u, 14, lag);
  filter(a + lag, a, u, 18, lag);
  filter(a, a + 3, u, 15, lag);
  filter(a, a, b, 11, lag);
  filter(b, a, b + lag, 13, lag);
  sum += through_memory(&total, a, 9, lag);
  sum += through_memory(a, a, 6, lag) + through_memory(a + 5, a, 10, lag);
  for (int i = 0; i < 64; i++)
    sum += 0.1 * a[i] * a[i] * (REAL)(i % 7 + 1) + b[i] * (REAL)(5 - i % 9);
  free(a);
  free(b);
  return sum;
}
