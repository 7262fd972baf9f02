// A special function by series or by continued fraction, as the argument demands.
//! ret REAL
//! out REAL a = 2.5
//! out REAL x = 1.2 | 6
#include "case.h"
REAL f(REAL a, REAL x) {
  REAL front = exp(-x + a * log(x) - lgamma(a));
  if (x < a + 1) {
    REAL term = 1 / a, sum = term, ap = a;
    for (int n = 0; n < 200; n++) {
      ap += 1;
      term *= x / ap;
      sum += term;
      if (fabs(term) < 1e-16 * fabs(sum)) break;
    }
    return sum * front;
  }
  REAL b = x + 1 - a, c = 1e30, d = 1 / b, h = d;
  for (int i = 1; i < 200; i++) {
    REAL an = -i * (i - a);
    b += 2;
    d = 1 / (an * d + b);
    c = b + an / c;
    h *= d * c;
    if (fabs(d * c - 1) < 1e-16) break;
  }
  return 1 - front * h;
}
