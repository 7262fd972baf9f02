// A callee of the callee changes what the caller sees; another one counts in a global variable.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
#include "case.h"
static int calls;
NOINLINE static void scale(REAL *a) {
  for (int i = 0; i < 4; i++)
    a[i] = a[i] * a[i];
}
NOINLINE static REAL counted(const REAL *a) {
  calls++;
  return a[0] * a[1] * a[2];
}
NOINLINE static REAL g(REAL *a) {
  REAL p = a[0] * a[3];
  scale(a);
  return p * a[1];
}
REAL f(REAL *a) {
  calls = 0;
  REAL s = g(a) + g(a);
  s += counted(a) * 2;
  return s * calls;
}
