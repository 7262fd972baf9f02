// Sums over the numbers of each point, a few points of which are undone at once: fewer points than that, just as many,
// and some left over; points of their own, points behind an index that meet, and branches that are the same for all.
//! ret REAL
//! dup REAL w[12] = fill(-1, 1) | fill(0.5, 1) | fill(-0.3, 0.4) | fill(0.1, 0.9)
//! dup REAL a[200] = fill(-1, 1) | fill(-0.5, 0.7) | fill(0.2, 1) | fill(-0.9, 0.3)
//! dup REAL out[14] = fill(0, 1) | fill(1, 2) | fill(-1, 1) | fill(0.5, 0.75)
//! const int n = 3 | 4 | 13 | 10
//! const int d = 9 | 12 | 10 | 11
#include "case.h"
NOINLINE static REAL residuals(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL sum = 0;
  for (long i = 0; i < n; i++) {
    REAL r = -0.5;
    for (long j = 0; j < d; j++)
      r += a[i * d + j] * w[j];
    sum += r * r;
  }
  return sum;
}
// The losses come from calls, and what is carried depends on the order.
NOINLINE static REAL losses(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL sum = 0, slow = 0.1;
  for (long i = n - 1; i >= 0; i--) {
    REAL z = w[0], square = 0;
    for (long j = 0; j < d; j++)
      z += a[i * d + j] * w[j];
    for (long j = 0; j < d; j++) {
      REAL delta = a[i * d + j] - w[j];
      square += delta * delta;
    }
    slow = 0.75 * slow * z + 0.25 * slow;
    sum += log(1.0 + exp(-z)) + exp(-square) + slow;
  }
  return sum;
}
// The sum starts with what the iteration before has made.
NOINLINE static REAL chain(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL last = 0.3;
  for (long i = 0; i < n; i++) {
    REAL z = 0.5 * last;
    for (long j = 0; j < d; j++)
      z += a[i * d + j] * w[j];
    last = tanh(z);
  }
  return last;
}
// Points of which some are the same.
NOINLINE static REAL chosen(const REAL *restrict a, const long *restrict which, long n, long d) {
  REAL sum = 0;
  for (long i = 0; i < n; i++) {
    const REAL *one = a + which[i] * d, *other = a + which[i + 1] * d;
    REAL z = 0;
    for (long j = 0; j < d; j++)
      z += one[j] * other[j];
    sum += z * z;
  }
  return sum;
}
NOINLINE static void write(const REAL *restrict a, const REAL *restrict w, REAL *restrict out, long n, long d) {
  for (long i = 0; i < n; i++) {
    REAL z = out[i];
    for (long j = 0; j < d; j++) {
      if (n > 3)
        z += a[i * d + j] * w[j];
      else
        z -= a[i * d + j] * w[j] * w[j];
    }
    out[i] = z * z;
  }
}
REAL f(REAL *w, REAL *a, REAL *out, int n, int d) {
  long which[16];
  for (int i = 0; i < 16; i++)
    which[i] = i * i % 5;
  REAL sum = residuals(a, w, n, d) + 0.5 * losses(a, w, n, d) + chain(a, w, n, d) + chosen(a, which, n, d);
  write(a, w, out, n, d);
  for (int i = 0; i < n; i++)
    sum += out[i] * (REAL)(i + 1) * 0.1;
  return sum + residuals(a + 7, w, n - 2, d - 1);
}
