// A loop with a stride leaves gaps that hold older values.
//! ret REAL
//! dup REAL a[8] = fill(0.5, 1.5)
#include "case.h"
REAL f(const REAL *a) {
  REAL t[8];
  REAL s = 0;
  for (int i = 0; i < 4; i++) {
    for (int j = i % 2; j < 8; j += 2)
      t[j] = a[j] * a[i];
    if (i > 0)
      for (int j = 0; j < 8; j++)
        s += t[j] * t[j];
  }
  return s;
}
