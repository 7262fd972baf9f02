// Rings and clamped ends: neighbours that are chosen in the first, the last, or the second iteration from either end,
// upwards and downwards, with signed and unsigned counters, in each number of iterations from one.
//! ret REAL
//! dup REAL u[16] = fill(-1, 1) | fill(0.5, 1)
//! const int n = 1 | 2
//! const int m = 4 | 9
#include "case.h"
#include <stdlib.h>
static void ring(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 0; i < n; i++) {
    long l = i == 0 ? n - 1 : i - 1, r = i == n - 1 ? 0 : i + 1;
    v[i] = u[i] + 0.1 * (u[l] - 2.0 * u[i] * u[r] + u[r]);
  }
}
static void lorenz(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 0; i < n; i++) {
    long next = i == n - 1 ? 0 : i + 1, last = i == 0 ? n - 1 : i - 1;
    long before = last == 0 ? n - 1 : last - 1;
    v[i] = (u[next] - u[before]) * u[last] - u[i];
  }
}
static void clamped(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 0; i < n; i++) {
    long l = i > 0 ? i - 1 : 0, r = i < n - 1 ? i + 1 : n - 1;
    v[i] = 0.5 * u[l] * u[i] + 0.25 * u[r];
  }
}
static void downwards(const REAL *restrict u, REAL *restrict v, int n) {
  for (int i = n - 1; i >= 0; i--) {
    int l = i < 1 ? n - 1 : i - 1, r = i + 1 >= n ? 0 : i + 1;
    v[i] = u[l] * u[r] - 0.3 * u[i];
  }
}
static void without_sign(const REAL *restrict u, REAL *restrict v, unsigned n) {
  for (unsigned i = 0; i != n; i++) {
    unsigned l = i ? i - 1 : n - 1, r = i + 1 < n ? i + 1 : i;
    v[i] = u[l] + u[r] * u[r] * 0.2;
  }
}
static REAL behind(const REAL *restrict u, REAL *restrict v, long n) {
  REAL x = 0, y = 1;
  for (long i = 0; i < n; i++) {
    y = x;
    x = u[i == n - 1 ? 0 : i + 1] * u[i];
    v[i] = x + 0.1 * u[i == 0 ? n - 1 : i - 1];
  }
  return x * 2.0 + y;
}
static void middle(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 0; i < n; i++)
    v[i] = u[i == 1 ? 0 : i] * u[i == n - 2 ? n - 1 : i] + u[n - 1 - i];
}
REAL f(REAL *u, int n, int m) {
  REAL *now = (REAL *)malloc(16 * sizeof(REAL)), *then = (REAL *)malloc(16 * sizeof(REAL));
  REAL sum = 0;
  for (int size = n; size <= m; size++) {
    for (int i = 0; i < 16; i++) {
      now[i] = u[i];
      then[i] = 0.1 * u[15 - i];
    }
    ring(now, then, size);
    lorenz(then, now, size);
    clamped(now, then, size);
    downwards(then, now, size);
    without_sign(now, then, (unsigned)size);
    sum += behind(then, now, size);
    middle(now, then, size);
    for (int i = 0; i < 16; i++)
      sum += now[i] * now[i] * (REAL)(i + 1) + then[i] * (REAL)size;
  }
  free(now);
  free(then);
  return sum;
}
