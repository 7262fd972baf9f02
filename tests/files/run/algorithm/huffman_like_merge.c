// The two least are merged again and again in a sorted array: insertion where the sum belongs.
//! ret REAL
//! dup REAL w[7] = fill
#include "case.h"
REAL f(const REAL *w) {
  REAL a[7], cost = 0;
  int n = 7;
  for (int i = 0; i < 7; i++) {
    int j = i;
    for (; j > 0 && a[j - 1] < w[i]; j--) a[j] = a[j - 1];
    a[j] = w[i];
  }
  while (n > 1) {
    REAL sum = a[n - 1] + a[n - 2] * 1.1;
    cost += sum * sum;
    n -= 2;
    int j = n++;
    for (; j > 0 && a[j - 1] < sum; j--) a[j] = a[j - 1];
    a[j] = sum;
  }
  return cost;
}
