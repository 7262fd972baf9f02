// Arguments by value, results in memory, and a choice between loops of which none is taken.
//! ret REAL
//! out REAL x = 0.75 | -0.5 | 2
//! dup REAL y[2] = 0 0
//! const int n = 4
#include "case.h"
REAL f(REAL x, REAL *y, int n) {
  REAL p = 1, q = 0, r = 0;
  for (int i = 0; i < n; i++)
    p *= x + i;
  for (int i = 0; i < n; i++)
    q += sin(x * i);
  for (int i = 0; i < n; i++)
    r = r * x + cos(q + i);
  y[0] = p > q ? x : r;
  y[1] = x > 1 ? p * q : q;
  return x < 0 ? p : x > 1 ? x * x : q;
}
