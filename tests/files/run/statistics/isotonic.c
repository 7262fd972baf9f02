// Pool adjacent violators: blocks of equal values merge backwards while they are out of order.
//! dup REAL y[8] = 1 3 2 2.5 0.5 4 3.7 5
//! dup REAL w[8] = fill
//! dup REAL fit[8] = 0
#include "case.h"
void f(const REAL *y, const REAL *w, REAL *fit) {
  REAL value[8], weight[8];
  int size[8], n = 0;
  for (int i = 0; i < 8; i++) {
    value[n] = y[i], weight[n] = w[i], size[n++] = 1;
    while (n > 1 && value[n - 2] > value[n - 1]) {
      REAL total = weight[n - 2] + weight[n - 1];
      value[n - 2] = (weight[n - 2] * value[n - 2] + weight[n - 1] * value[n - 1]) / total;
      weight[n - 2] = total;
      size[n - 2] += size[n - 1];
      n--;
    }
  }
  for (int b = 0, i = 0; b < n; b++)
    for (int k = 0; k < size[b]; k++) fit[i++] = value[b];
}
