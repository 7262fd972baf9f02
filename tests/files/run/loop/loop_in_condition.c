// Conditions with effects: a comma, an assignment, a call that moves a cursor.
//! ret REAL
//! dup REAL a[8] = 1 2 3 0 4 5 0 6
#include "case.h"
static int next(const REAL **p, const REAL *end, REAL *x) {
  if (*p == end) return 0;
  *x = *(*p)++;
  return 1;
}
REAL f(const REAL *a) {
  const REAL *p = a;
  REAL x, s = 0, product = 1;
  while (next(&p, a + 8, &x) && (s += x, product *= x + 1, VALUE(s) < 14)) s += 0.1 * product;
  do s *= 0.9;
  while (next(&p, a + 8, &x) && VALUE(x = x * x) > -1);
  return s * x + product;
}
