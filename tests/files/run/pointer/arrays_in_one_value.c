// Two pointers passed as one value: what moves between them moves from an argument to itself.
//! ret REAL
//! dup REAL x[4] = 1.3 0.3 -0.6 2
//! const int n = 4
#include "case.h"
struct arrays { REAL *from, *to; };
NOINLINE static void square(struct arrays s, int n) {
  for (int i = 0; i < n; i++) s.to[i] = s.from[i] * s.from[i];
}
NOINLINE static struct arrays swapped(struct arrays s) { struct arrays t = {s.to, s.from}; return t; }
REAL f(const REAL *x, int n) {
  REAL a[4], b[4], sum = 0;
  for (int i = 0; i < n; i++) a[i] = x[i], b[i] = 0;
  struct arrays both = {a, b};
  square(both, n);
  square(swapped(both), n);
  for (int i = 0; i < n; i++) sum += a[i] * (i + 1) + b[i];
  return sum;
}
