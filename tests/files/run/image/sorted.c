// Keys are the bytes of positive numbers, sorted as integers: no float access in the sorting routine.
//! ret REAL
//! out REAL x = 1.25 | 0.5
//! dup REAL a[6] = 0.5 1.25 2.5 0.75 3.25 1.5 | fill(0.25, 2)
#include "case.h"
NOINLINE static void sort(WORD *k, int n) {
  for (int i = 1; i < n; i++)
    for (int j = i; j > 0 && k[j - 1] > k[j]; j--) {
      WORD t = k[j];
      k[j] = k[j - 1];
      k[j - 1] = t;
    }
}
REAL f(REAL x, REAL *a) {
  WORD k[6];
  REAL v[6], r = 0;
  memcpy((void *)k, a, sizeof k);
  sort(k, 6);
  memcpy((void *)v, k, sizeof v);
  for (int i = 0; i < 6; i++) r += v[i] * (i + 1) * x;
  return r;
}
