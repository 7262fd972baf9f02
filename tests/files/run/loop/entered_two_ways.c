// Loops are entered behind another one, which runs for more than four elements only, or directly for more than two: how much
// memory they take is known before the loop around all, but there is none to take where they do not run.
//! ret REAL
//! dup REAL x[9] = fill(-1, 1)
//! const int n = 1 | 3 | 9
//! const int m = 3
#include "case.h"
#include <stdlib.h>
static void inner(REAL *a, int n) {
  if (n <= 4)
    return;
  for (int i = 2; i < n - 2; i++)
    a[i] = 0.3 * (a[i - 2] + a[i] * a[i + 1]);
}
static void rows(REAL *a, unsigned n, long m) {
  if (n <= 2)
    return;
  for (long j = 3; j >= 1; j--)
    for (unsigned i = n - 1; i-- > 1;)
      a[j * m + (long)i] = 0.2 * a[(j - 1) * m + (long)i - 1] * a[j * m + (long)i] + a[(j + 1) * m + (long)i + 1];
}
REAL f(const REAL *x, int n, int m) {
  REAL *a = (REAL *)malloc(48 * sizeof(REAL)), sum = 0;
  for (int i = 0; i < 48; i++)
    a[i] = x[i % 9];
  for (int t = 0; t < m; t++) {
    inner(a, n);
    rows(a, (unsigned)n, n);
    a[0] = 0.5 * a[0] * a[0] + a[n - 1];
  }
  for (int i = 0; i < 48; i++)
    sum += a[i] * a[i];
  free(a);
  return sum;
}
