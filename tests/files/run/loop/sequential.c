// Three loops after each other over the same memory.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
REAL f(REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 5; i++) a[i] = a[i] * a[i];
  for (int i = 0; i < 5; i++) s += a[i] * a[4 - i];
  for (int i = 0; i < 5; i++) a[i] = s * a[i];
  return s + a[2];
}
