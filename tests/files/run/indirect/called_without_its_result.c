// One call of a function, through a pointer, needs both arguments and the result; the other needs neither.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! dup REAL a[4] = 1 2 3 4 | 4 3 2 1
//! const int n = 1 | 2
#include "case.h"
struct rule { REAL (*of)(REAL, REAL); REAL scale; };
NOINLINE static REAL damped(REAL s, REAL t) {
  s = exp(-fabs(s));
  return t / (1.5 + cos(s * (t + sin(t))) * 0.25);
}
REAL f(REAL x, REAL *a, int n) {
  struct rule r = {damped, 0.75};
  for (int k = 3; k > 0 && 4 > r.of(a[n], x); k--) a[k] += r.scale * r.of(a[k], x * k);
  damped(0.75, 0.75);
  return x;
}
