// Numbers from a recurrence that starts anew in each iteration of the middle loop repeat there; those of one
// that goes on do not, nor those that start from what goes on.
//! ret REAL
//! dup REAL a[8] = fill(0.5, 1.25)
//! const int n = 4
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL y[8], on = 0.75, angle = 0.5;
  for (int i = 0; i < 8; i++)
    y[i] = a[i];
  for (int length = 1; length <= n; length *= 2) {
    angle *= 1.25;
    for (int first = 0; first < n; first += length) {
      REAL w = 1, from_on = on;
      for (int k = 0; k < length; k++) {
        y[first + k] = y[first + k] * w + y[4 + k] * from_on;
        y[4 + k] = y[4 + k] * on * 0.5;
        w = w * 0.9 + angle * sin(w);
        on = 1 - on * on * 0.5;
        from_on = from_on * 0.75 + 0.1;
      }
    }
  }
  REAL sum = 0;
  for (int i = 0; i < 8; i++)
    sum += y[i] * y[i];
  return sum;
}
