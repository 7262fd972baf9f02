// A result with a pointer, which has a shadow, beside an active number, which has an adjoint.
//! ret REAL
//! dup REAL a[3] = 0.5 -1.25 2 | 1.5 0.75 -0.5
#include "case.h"
struct view {
  REAL *at;
  REAL scale;
};
static NOINLINE struct view look(REAL *a, int i) {
  struct view v = {a + i, exp(a[i]) * a[0]};
  return v;
}
REAL f(REAL *a) {
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    struct view v = look(a, i);
    s += *v.at * *v.at * v.scale;
  }
  return s;
}
