// A while loop that moves values up.
//! ret REAL
//! dup REAL a[5] = 3 1 2.5 -1 0.5
#include "case.h"
REAL f(REAL *a) {
  for (int i = 1; i < 5; i++) {
    REAL v = a[i];
    int j = i - 1;
    while (j >= 0 && a[j] > v) {
      a[j + 1] = a[j];
      j--;
    }
    a[j + 1] = v;
  }
  return a[0] * a[1] + a[2] * a[3] * a[4];
}
