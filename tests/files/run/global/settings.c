// A global struct of settings, set before and only read inside.
//! ret REAL
//! dup REAL a[3] = fill
#include "case.h"
struct settings { double scale; int power; };
static struct settings current = {0.5, 3};
REAL f(const REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    REAL p = 1;
    for (int k = 0; k < current.power; k++) p *= a[i];
    s += p * current.scale;
  }
  return s;
}
