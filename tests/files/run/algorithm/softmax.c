// Normalized in place.
//! dup REAL a[5] = fill(-2, 2)
#include "case.h"
void f(REAL *a) {
  REAL m = a[0], s = 0;
  for (int i = 1; i < 5; i++)
    if (a[i] > m) m = a[i];
  for (int i = 0; i < 5; i++) {
    a[i] = exp(a[i] - m);
    s += a[i];
  }
  for (int i = 0; i < 5; i++) a[i] /= s;
}
