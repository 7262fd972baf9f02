// Triangles that are stored without their other half: pointers and indices that move by more, or less, in each iteration, of
// several widths, from anywhere, in loops that run once or not at all; and steps that do not grow evenly.
//! ret REAL
//! dup REAL a[90] = fill(-1, 1) | fill(0.5, 1) | fill(-0.3, 0.4) | fill(0.1, 0.9)
//! dup REAL x[12] = fill(0.3, 1) | fill(-1, 0.2) | fill(0.1, 0.4) | fill(0.2, 0.7)
//! const int d = 7 | 1 | 2 | 12
//! const int k = 3 | 0 | 1 | 2
#include "case.h"
NOINLINE static REAL columns(const REAL *restrict a, REAL *restrict y, long d) {
  REAL sum = 0;
  for (long i = 0; i < d; i++) {
    for (long j = i + 1; j < d; j++)
      y[j] += a[j - i - 1] * y[i] * y[i];
    a += d - i - 1;
  }
  for (long i = 0; i < d; i++)
    sum += y[i] * y[i];
  return sum;
}
NOINLINE static REAL rows(const REAL *restrict a, const REAL *restrict x, int d, int at) {
  REAL sum = 0;
  for (int i = 0; i < d; i++) {
    REAL row = a[at] * a[at];
    for (int j = 0; j <= i; j++)
      row += a[at + j] * x[j];
    sum += row * row;
    at += i + 1;
  }
  return sum;
}
NOINLINE static REAL backwards(const REAL *restrict a, const REAL *restrict x, unsigned d) {
  REAL sum = 0;
  unsigned at = d * (d + 1) / 2;
  for (unsigned i = d; i > 0; i--) {
    at -= i;
    REAL row = 0;
    for (unsigned j = 0; j < i; j++)
      row += a[at + j] * x[j];
    sum += row * row * row;
  }
  return sum;
}
NOINLINE static REAL uneven(const REAL *restrict a, const REAL *restrict x, long d, long k) {
  REAL sum = 0;
  long at = 0, step = k;
  for (long i = 0; i < d; i++) {
    sum += a[at] * a[at] * x[i];
    at = (at + step * step) % 80;
    step += k;
  }
  return sum;
}
REAL f(REAL *a, REAL *x, int d, int k) {
  REAL y[12], sum = 0;
  for (int i = 0; i < 12; i++)
    y[i] = x[i] * 0.5;
  for (int j = 0; j < k; j++)
    sum += columns(a + j, y, d);
  return sum + 0.5 * rows(a, x, d, k) + 0.25 * backwards(a, x, (unsigned)d) + uneven(a, x, d, k);
}
