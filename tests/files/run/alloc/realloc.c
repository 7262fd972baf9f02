// A buffer that grows.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
REAL f(const REAL *a, int n) {
  int cap = 1;
  REAL *t = (REAL *)malloc(cap * sizeof(REAL));
  for (int i = 0; i < n; i++) {
    if (i == cap) {
      cap *= 2;
      t = (REAL *)realloc((void *)t, cap * sizeof(REAL));
    }
    t[i] = a[i] * (i ? t[i - 1] : (REAL)1.0);
  }
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i];
  free(t);
  return s;
}
