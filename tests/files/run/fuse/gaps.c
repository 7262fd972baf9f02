// Every second element is written anew; the others grow from iteration to iteration.
//! ret REAL
//! dup REAL a[8] = fill(0.5, 1.5)
#include "case.h"
REAL f(const REAL *a) {
  REAL t[8];
  REAL s = 0;
  for (int i = 0; i < 4; i++) {
    if (i == 0)
      for (int j = 0; j < 8; j++)
        t[j] = a[j];
    for (int j = 0; j < 8; j += 2)
      t[j] = a[j] * a[i];
    for (int j = 0; j < 7; j++)
      s += t[j] * t[j] * a[j];
    t[2 * i + 1] = a[i] * 0.5;
    t[7 - 2 * i] = a[i] + 0.25;
  }
  return s;
}
