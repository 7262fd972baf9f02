// Functions return new memory, change what they were given, or give it through: the caller releases all of it.
//! dup REAL a[3] = fill
//! dup REAL r[3] = 0 0 0
//! const int mode = 0 | 1 | 2
#include "case.h"
static NOINLINE REAL *transform(REAL *v, int n, int mode) {
  if (mode == 0) return v;
  if (mode == 1) {
    for (int i = 0; i < n; i++) v[i] *= v[(i + 1) % n];
    return v;
  }
  REAL *w = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) w[i] = exp(v[i]);
  free(v);
  return w;
}
void f(const REAL *a, REAL *r, int mode) {
  REAL *v = (REAL *)malloc(3 * sizeof(REAL));
  for (int i = 0; i < 3; i++) v[i] = a[i] * a[2 - i];
  for (int k = 0; k < 2; k++) v = transform(v, 3, (mode + k) % 3);
  for (int i = 0; i < 3; i++) r[i] = v[i] * v[i];
  free(v);
}
