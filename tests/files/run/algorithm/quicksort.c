// Recursive partitioning of active values.
//! ret REAL
//! dup REAL a[7] = 3 1 2.5 -1 0.5 7 2
#include "case.h"
NOINLINE static void sort(REAL *a, int n) {
  if (n < 2) return;
  REAL pivot = a[n / 2];
  int i = 0, j = n - 1;
  for (;; i++, j--) {
    while (a[i] < pivot) i++;
    while (a[j] > pivot) j--;
    if (i >= j) break;
    REAL t = a[i];
    a[i] = a[j];
    a[j] = t;
  }
  sort(a, i);
  sort(a + i, n - i);
}
REAL f(REAL *a) {
  sort(a, 7);
  return a[0] * a[6] + a[3] * a[3] + a[1] * a[5];
}
