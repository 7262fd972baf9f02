// As points_at_once, with counters of 32 bits, single precision, points that are left out by hand, steps through memory,
// what is cleared after it was read, and a sum that is wanted behind the loop.
//! ret REAL
//! dup REAL w[16] = fill(-1, 1) | fill(0.5, 1) | fill(-0.3, 0.4) | fill(0.1, 0.9)
//! dup REAL a[220] = fill(-1, 1) | fill(-0.5, 0.7) | fill(0.2, 1) | fill(-0.9, 0.3)
//! const int n = 1 | 6 | 15 | 8
//! const int d = 9 | 14 | 10 | 8
#include "case.h"
#include <stdlib.h>
// The last residual and the counter are used behind the loop.
NOINLINE static REAL last_one(const REAL *restrict a, const REAL *restrict w, int n, int d) {
  REAL sum = 0, z = 0;
  unsigned i = 0;
  for (; i < (unsigned)n; i++) {
    z = 0;
    for (int j = 0; j < d; j++)
      z += a[i * d + j] * w[j];
    sum += sin(z);
  }
  return sum * z + (REAL)i * w[1];
}
// Pointers walk, upwards and downwards.
NOINLINE static REAL walk(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL product = 1;
  const REAL *row = a + (n - 1) * d;
  for (long left = n; left != 0; left--, row -= d) {
    REAL z = 0.25;
    for (long j = d - 1; j >= 0; j--)
      z += row[j] * row[j] * w[j];
    product *= 1.0 + 0.01 * z;
  }
  return product;
}
NOINLINE static REAL narrow(const REALF *restrict a, const REALF *restrict w, int n, int d) {
  REALF sum = 0;
  for (int i = 0; i < n; i++) {
    REALF z = 0;
    for (int j = 0; j < d; j++)
      z += a[i * d + j] * w[j];
    sum += z * z * z;
  }
  return (REAL)sum;
}
// Two sums each, of which one is a product; every second point.
NOINLINE static REAL pairs(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL sum = 0;
  for (long i = 0; i < n; i += 2) {
    REAL z = 0, p = 1;
    for (long j = 0; j < d; j++) {
      z += a[i * d + j] * w[j];
      p *= 1.0 + 0.1 * a[i * d + j] * w[d - 1 - j];
    }
    sum += z * p;
  }
  return sum;
}
// Each point makes a number that is kept, and another loop sums them: their adjoints are read and cleared.
NOINLINE static REAL kept(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL *z = (REAL *)malloc(sizeof(REAL) * (size_t)n), sum = 0;
  for (long i = 0; i < n; i++) {
    z[i] = w[15];
    for (long j = 0; j < d; j++)
      z[i] += a[i * d + j] * a[i * d + j] * w[j];
  }
  for (long i = 1; i < n; i++)
    sum += z[i] * z[i - 1];
  sum += z[0] * z[n - 1];
  free(z);
  return sum;
}
// One is left out where its number is small: its way is not that of the others.
NOINLINE static REAL robust(const REAL *restrict a, const REAL *restrict w, long n, long d) {
  REAL sum = 0;
  for (long i = 0; i < n; i++) {
    REAL z = 0;
    for (long j = 0; j < d; j++)
      z += (a[i * d + j] - w[j]) * (a[i * d + j] - w[j]);
    if (z > 2.0)
      sum += sqrt(z);
    else
      sum += 0.5 * z * z;
  }
  return sum;
}
REAL f(REAL *w, REAL *a, int n, int d) {
  REALF wf[16], af[220];
  for (int i = 0; i < 16; i++)
    wf[i] = (REALF)w[i];
  for (int i = 0; i < 220; i++)
    af[i] = (REALF)a[i];
  return last_one(a, w, n, d) + walk(a, w, n, d) + narrow(af, wf, n, d) + pairs(a, w, n, d) + kept(a, w, n, d) +
         robust(a, w, n, d) + last_one(a, a + 3, n, d);
}
