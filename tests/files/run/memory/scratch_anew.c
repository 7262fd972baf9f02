// Numbers of scratch arrays that a later loop multiplies by: made of what stays in memory, and computed again there. And all
// that keeps them from it: two stores, a loop that reads first, one that fills less, other places, memory that changes
// meanwhile, and arrays that not every iteration fills, or not everywhere.
//! ret REAL
//! dup REAL x[60] = fill(-1, 1) | fill(0.5, 1) | fill(-0.3, 0.4) | fill(0.1, 0.9)
//! dup REAL w[12] = fill(0.3, 1) | fill(-1, 0.2) | fill(0.1, 0.4) | fill(0.2, 0.7)
//! const int n = 5 | 1 | 4 | 2
//! const int d = 6 | 9 | 1 | 12
#include "case.h"
#include <stdlib.h>
NOINLINE static REAL centered(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)malloc(sizeof(REAL) * (size_t)d), *y = (REAL *)malloc(sizeof(REAL) * (size_t)d);
  REAL sum = 0;
  for (long p = 0; p < n; p++) {
    for (long c = 0; c < d; c++)
      s[c] = x[p * d + c] - 2.0 * w[c];
    for (long c = 0; c < d; c++)
      y[c] = w[d - 1 - c] * s[c];
    for (long c = 0; c < d; c++)
      for (long e = c + 1; e < d; e++)
        y[e] += w[e - c] * s[c] * s[c];
    for (long c = 0; c < d; c++)
      sum += y[c] * y[c];
  }
  free(y);
  free(s);
  return sum;
}
NOINLINE static REAL stored_twice(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL s[12], sum = 0;
  for (long p = 0; p < n; p++) {
    for (long c = 0; c < d; c++)
      s[c] = x[p * d + c] - w[c];
    for (long c = 0; c < d; c++)
      if ((c + p) % 3 == 0)
        s[c] = w[c] * 3.0;
    for (long c = 0; c < d; c++)
      sum += s[c] * s[c];
  }
  return sum;
}
NOINLINE static REAL read_first(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)calloc((size_t)d, sizeof(REAL)), sum = 0;
  for (long p = 0; p < n; p++) {
    for (long c = 0; c < d; c++)
      sum += s[c] * s[c] * w[c];
    for (long c = 0; c < d; c++)
      s[c] = x[p * d + c] - w[c];
  }
  free(s);
  return sum;
}
NOINLINE static REAL filled_less(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)calloc((size_t)(d + n), sizeof(REAL)), sum = 0;
  for (long p = 0; p < n; p++) {
    long c = 0;
    do
      s[c] = x[p + c] - w[0];
    while (++c < d + n - p - 1);
    for (c = 0; c < d + n - 1; c++)
      sum += s[c] * s[c] * w[1];
  }
  free(s);
  return sum;
}
NOINLINE static REAL other_places(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)calloc((size_t)(d + 1), sizeof(REAL)), sum = 0;
  for (long p = 0; p < n; p++) {
    for (long c = 0; c < d; c++)
      s[c] = x[p * d + c] - w[c];
    for (long c = 0; c < d; c++)
      sum += s[d - 1 - c] * s[c + 1] * w[c];
  }
  free(s);
  return sum;
}
NOINLINE static REAL changed_meanwhile(REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)calloc((size_t)d, sizeof(REAL)), sum = 0;
  for (long p = 0; p < n; p++) {
    for (long c = 0; c < d; c++)
      s[c] = x[p * d + c] - w[c];
    x[p * d] = x[p * d + d - 1] * 0.25;
    for (long c = 0; c < d; c++)
      sum += s[c] * s[c];
  }
  free(s);
  return sum;
}
NOINLINE static REAL not_each_time(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)calloc((size_t)d, sizeof(REAL)), sum = 0;
  for (long p = 0; p < n; p++) {
    if (p % 2 == 0)
      for (long c = 0; c < d; c++)
        s[c] = x[p * d + c] - w[c];
    for (long c = 0; c < d; c++)
      sum += s[c] * s[c] * w[c];
  }
  free(s);
  return sum;
}
NOINLINE static REAL not_everywhere(const REAL *restrict x, const REAL *restrict w, long n, long d) {
  REAL *s = (REAL *)calloc((size_t)d, sizeof(REAL)), sum = 0;
  for (long p = 0; p < n; p++) {
    for (long c = 0; c < d; c++)
      if ((c + p) % 3 != 0)
        s[c] = x[p * d + c] - w[c];
    for (long c = 0; c < d; c++)
      sum += s[c] * s[c] * w[c];
  }
  free(s);
  return sum;
}
REAL f(REAL *x, REAL *w, int n, int d) {
  long rows = n * d <= 48 ? n : 48 / d;
  REAL sum = centered(x, w, rows, d) + 0.5 * stored_twice(x, w, rows, d) + 0.25 * read_first(x, w, rows, d);
  sum += 0.7 * filled_less(x, w, n, d) + 0.3 * other_places(x, w, rows, d) + 0.6 * not_each_time(x, w, rows, d);
  return sum + 0.9 * not_everywhere(x, w, rows, d) + changed_meanwhile(x, w, rows, d);
}
