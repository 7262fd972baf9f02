// The arithmetic-geometric mean until its two sides meet: an elliptic integral.
//! ret REAL
//! out REAL k = 0.6 | 0.99
#include "case.h"
REAL f(REAL k) {
  REAL a = 1, b = sqrt(1 - k * k), sum = k * k / 2, scale = 0.5;
  while (fabs(a - b) > 1e-14 * a) {
    REAL c = (a - b) / 2, t = (a + b) / 2;
    b = sqrt(a * b);
    a = t;
    scale *= 2;
    sum += scale * c * c;
  }
  REAL K = 1.5707963267948966 / a;
  return K * (1 - sum);
}
