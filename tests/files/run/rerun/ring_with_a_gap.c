// As on a ring, but some step beyond what was written in this step: to the element behind it, which is from the step
// before, or to the first one, which is written last. Nothing else reads those.
//! ret REAL
//! dup REAL start[8] = fill(-0.9, 0.9)
//! const int n = 7
//! const int steps = 5
#include "case.h"
#include <stdlib.h>
#include <string.h>
static void behind(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 0; i < n; i++) {
    long next = i == n - 2 ? 0 : i + 1;
    y[i] = x[next] * x[i] - 0.3 * x[i];
  }
}
static void above(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 0; i < n; i++) {
    long next = i == n ? 0 : i + 1;
    y[i] += x[next] * x[next] * x[i];
  }
}
static void end(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 0; i < n; i++) {
    long next = i == n - 1 ? n : i + 1;
    y[i] -= 0.4 * x[next] * x[i];
  }
}
static void first(long n, const REAL *restrict x, REAL *restrict y) {
  for (long i = 1; i < n; i++) {
    long last = i == 0 ? n - 1 : i - 1;
    y[i] += 0.5 * x[last] * x[last] * x[i];
  }
}
REAL f(const REAL *start, int n, int steps) {
  REAL *x = (REAL *)malloc(sizeof(REAL) * n), *k = (REAL *)malloc(sizeof(REAL) * n);
  REAL *y = (REAL *)malloc(sizeof(REAL) * (n + 1)), *w = (REAL *)malloc(sizeof(REAL) * (n + 1));
  REAL *z = (REAL *)malloc(sizeof(REAL) * n), *v = (REAL *)malloc(sizeof(REAL) * (n + 1));
  memcpy(x, start, sizeof(REAL) * n);
  y[n] = w[n] = v[n] = start[n];
  z[0] = 0.7 * start[n];
  for (int t = 0; t < steps; t++) {
    for (long i = 0; i < n; i++)
      y[i] = x[i] + 0.2 * x[i] * x[n - 1 - i];
    behind(n, y, k);
    for (long i = 0; i < n; i++)
      w[i] = y[i] - 0.3 * x[i] * x[i];
    above(n, w, k);
    for (long i = 0; i < n; i++)
      v[i] = 0.5 * y[i] + x[i] * x[0];
    end(n, v, k);
    for (long i = 1; i < n; i++)
      z[i] = y[i] * x[i];
    first(n, z, k);
    for (long i = 0; i < n; i++)
      x[i] += 0.2 * k[i];
    y[n] = 0.4 * x[0] * x[1];
    v[n] = x[5] * x[2];
    w[n] = 0.9 * x[3] * x[2] + 0.2;
    z[0] = x[4] * x[1] + 0.1;
  }
  REAL sum = y[n] * z[0] * w[n] * v[n];
  for (long i = 0; i < n; i++)
    sum += x[i] * x[i] * (1 + i);
  free(v);
  free(z);
  free(w);
  free(y);
  free(k);
  free(x);
  return sum;
}
