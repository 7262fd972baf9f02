// A quantile by quickselect on a copy, interpolated between two order statistics.
//! ret REAL
//! dup REAL x[9] = fill(-2, 2)
//! out REAL p = 0.3 | 0.71
#include "case.h"
static NOINLINE REAL select_kth(REAL *x, int lo, int hi, int k) {
  while (lo < hi) {
    REAL pivot = x[(lo + hi) / 2];
    int i = lo, j = hi;
    while (i <= j) {
      while (x[i] < pivot) i++;
      while (x[j] > pivot) j--;
      if (i <= j) { REAL t = x[i]; x[i++] = x[j]; x[j--] = t; }
    }
    if (k <= j) hi = j;
    else if (k >= i) lo = i;
    else break;
  }
  return x[k];
}
REAL f(const REAL *x, REAL p) {
  REAL copy[9], at = p * 8;
  memcpy(copy, x, sizeof copy);
  int k = (int)VALUE(at);
  REAL a = select_kth(copy, 0, 8, k), b = select_kth(copy, 0, 8, k + 1);
  return a + (at - k) * (b - a);
}
