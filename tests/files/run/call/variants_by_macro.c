// A family of functions stamped out by a macro and called through one signature by name.
//! ret REAL
//! out REAL x = 0.7
//! out REAL y = 1.2
#include "case.h"
#define OPERATION(name, expression) static NOINLINE REAL name(REAL a, REAL b) { return expression; }
OPERATION(sum, a + b)
OPERATION(product, a *b)
OPERATION(ratio, a / b)
OPERATION(power, pow(a, b))
OPERATION(angle, atan2(a, b))
OPERATION(length, hypot(a, b))
#define EACH(X) X(sum) X(product) X(ratio) X(power) X(angle) X(length)
REAL f(REAL x, REAL y) {
  REAL r = 0;
  int k = 1;
#define APPLY(name) r += name(x, y) * name(y, x) * k++;
  EACH(APPLY)
  return r;
}
