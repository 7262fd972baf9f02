// Stencils of three, four and five places, upwards and downwards, with subtraction, in each number of iterations from
// none: what several iterations add to one place, the first and last of them alone.
//! ret REAL
//! dup REAL u[16] = fill(-1, 1) | fill(0.5, 1)
//! const int n = 2 | 3
//! const int m = 4 | 9
#include "case.h"
#include <stdlib.h>
static void three(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 1; i + 1 < n; i++)
    v[i] = u[i] + 0.1 * (u[i - 1] - 2.0 * u[i] + u[i + 1]) + 0.3 * u[i] * u[i + 1];
}
static void four(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = n - 2; i > 1; i--)
    v[i] = (u[i + 1] - u[i - 2]) * u[i - 1] - u[i];
}
static void five(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 2; i + 2 < n; i++)
    v[i] = u[i - 2] * 0.1 - 0.2 * u[i - 1] * u[i + 1] + u[i] - 0.3 * u[i + 2] * u[i - 1];
}
static void apart(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 1; i + 1 < n; i++)
    v[i] = u[i + 1] - 0.5 * u[i - 1];
}
static void seven(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 3; i + 3 < n; i++)
    v[i] = u[i - 3] * u[i + 3] + u[i - 2] - u[i + 2] * u[i] + 0.5 * u[i - 1] + 0.25 * u[i + 1];
}
static void pairs(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 0; 2 * i + 3 < n; i++) {
    v[2 * i] = u[2 * i] * u[2 * i + 3];
    v[2 * i + 1] = u[2 * i + 1] - 0.5 * u[2 * i + 2] * u[2 * i];
  }
}
REAL f(REAL *u, int n, int m) {
  REAL *now = (REAL *)malloc(16 * sizeof(REAL)), *then = (REAL *)malloc(16 * sizeof(REAL));
  REAL sum = 0;
  for (int size = n; size <= m; size++) {
    for (int i = 0; i < 16; i++) {
      now[i] = u[i];
      then[i] = 0.1 * u[15 - i];
    }
    three(now, then, size);
    four(then, now, size);
    five(now, then, size);
    apart(then, now, size);
    seven(now, then, size);
    pairs(then, now, size);
    for (int i = 0; i < 16; i++)
      sum += now[i] * now[i] * (REAL)(i + 1) + then[i] * (REAL)size;
  }
  free(now);
  free(then);
  return sum;
}
