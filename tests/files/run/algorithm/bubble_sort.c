// Sorting values: the permutation is found on the way.
//! dup REAL a[6] = 3 1 2.5 -1 0.5 2
#include "case.h"
void f(REAL *a) {
  for (int i = 0; i < 6; i++)
    for (int j = 0; j + 1 < 6 - i; j++)
      if (a[j] > a[j + 1]) {
        REAL t = a[j];
        a[j] = a[j + 1];
        a[j + 1] = t;
      }
  a[0] = a[0] * a[5];
}
