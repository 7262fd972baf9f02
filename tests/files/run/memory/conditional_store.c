// Some iterations store, some leave the old value.
//! ret REAL
//! dup REAL a[6] = 1 -2 3 -4 5 -6
#include "case.h"
REAL f(REAL *a) {
  for (int i = 1; i < 6; i++)
    if (a[i] < 0) a[i] = a[i] * a[i - 1] * 0.5;
  REAL s = 0;
  for (int i = 0; i < 6; i++) s += a[i] * a[i];
  return s;
}
