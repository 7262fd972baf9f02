// A buffer whose primal is not needed is still read and overwritten by a callee.
//! ret REAL
//! dup REAL a[3] = fill
//! dupnoneed REAL w[3] = 0 0 0
//! const int n = 3
#include "case.h"
static NOINLINE void square(const REAL *a, REAL *w, int n) { for (int i = 0; i < n; i++) w[i] = a[i] * a[i]; }
static NOINLINE REAL use(REAL *w, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) { s += w[i] * w[i]; w[i] = s; }
  return s;
}
REAL f(REAL *a, REAL *w, int n) {
  square(a, w, n);
  return use(w, n) * a[0];
}
