// A small record travels in two registers; its first byte is never read, as of an empty base class.
//! ret REAL
//! out REAL x = 0.7
//! dup REAL a[2] = fill
//! const int n = 3 | 0
#include "case.h"
struct stepper { char unused; char on; REAL size; };
NOINLINE static REAL step(struct stepper s, REAL x, REAL t) { return s.on ? x + s.size * x * t : x; }
NOINLINE static REAL steps(struct stepper s, REAL x, REAL t, int n) {
  for (int i = 0; i < n; i++) x = step(s, x, t), s.size *= t;
  return x;
}
REAL f(REAL x, const REAL *a, int n) {
  struct stepper s;
  s.on = n > 1;
  s.size = a[0];
  return steps(s, x, a[1], n) * a[0];
}
