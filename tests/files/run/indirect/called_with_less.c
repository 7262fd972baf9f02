// One parameter does not matter: the host drops it wherever it knows all callers, in the program and in the copies
// that are differentiated, and it comes to know this one through a pointer.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! dup REAL a[4] = 1 2 3 4 | 4 3 2 1
//! const int n = 1 | 2
#include "case.h"
NOINLINE static REAL bent(REAL s, REAL t) {
  REAL u = t;
  if (1) return log(2 + cos(u));
  return s;
}
REAL f(REAL x, REAL *a, int n) {
  REAL (*g)(REAL, REAL) = bent;
  a[n] -= sin(g(a[0], x));
  return x * cos(bent(x, x));
}
