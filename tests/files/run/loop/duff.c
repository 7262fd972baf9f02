// Duff's device: the loop is entered in the middle, by a switch.
//! ret REAL
//! dup REAL a[11] = fill
//! const int n = 11 | 8 | 3
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 1;
  const REAL *p = a;
  int rounds = (n + 3) / 4;
  switch (n % 4) {
  case 0: do { s += *p * s; p++;
  case 3:      s *= *p; p++;
  case 2:      s -= *p * *p; p++;
  case 1:      s += sin(*p); p++;
          } while (--rounds > 0);
  }
  return s;
}
