// Lorenz 96: each place reads four neighbours on a ring, two of them behind it; rings as short as the neighbourhood.
//! ret REAL
//! dup REAL x[11] = fill(-1, 2) | fill(0.5, 1.5) | fill(-1, 2) | fill(-1, 1)
//! const int n = 11 | 4 | 3 | 5
#include "case.h"
static void slope(int n, const REAL *restrict x, REAL *restrict y) {
  for (int i = 0; i < n; i++) {
    int next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
    int before = last == 0 ? n - 1 : last - 1;
    y[i] = (x[next] - x[before]) * x[last] - x[i] + 8;
  }
}
REAL f(const REAL *x, int n) {
  REAL a[16], b[16], sum = 0;
  for (int i = 0; i < n; i++)
    a[i] = x[i];
  for (int t = 0; t < 3; t++) {
    slope(n, a, b);
    for (int i = 0; i < n; i++)
      a[i] += 0.01 * b[i];
  }
  for (int i = 0; i < n; i++)
    sum += a[i] * a[i];
  return sum;
}
