// Resources are taken one after another; any failure jumps to where those taken so far are released.
//! ret REAL
//! dup REAL a[5] = fill
//! const int fail = 0 | 1 | 2
#include "case.h"
static NOINLINE REAL work(const REAL *a, int n, int fail) {
  REAL *x, *y, *z, r = a[0];
  x = (REAL *)malloc(n * sizeof(REAL));
  if (!x) return -1;
  for (int i = 0; i < n; i++) x[i] = a[i] * a[i];
  if (fail == 1) {
    r = x[1];
    goto free_x;
  }
  y = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) y[i] = x[i] + (i ? y[i - 1] : 0 * x[0]);
  if (fail == 2) {
    r = y[n - 1] * x[0];
    goto free_y;
  }
  z = (REAL *)calloc(n, sizeof(REAL));
  for (int i = 0; i < n; i++) z[n - 1 - i] = x[i] * y[i];
  for (int i = 0; i < n; i++) r += z[i] * a[i];
  free(z);
free_y:
  free(y);
free_x:
  free(x);
  return r;
}
REAL f(const REAL *a, int fail) { return work(a, 5, fail) * work(a + 1, 4, 0); }
