// Stencils that read what they wrote, or what they may have written: their additions are not moved past it.
//! ret REAL
//! dup REAL u[12] = fill(-1, 1) | fill(0.5, 1)
//! const int shift = 0 | 1
#include "case.h"
#include <stdlib.h>
static void relax(REAL *u, long n) {
  for (long i = 1; i + 1 < n; i++)
    u[i] = 0.4 * (u[i - 1] + u[i + 1]) + 0.1 * u[i] * u[i];
}
static void perhaps(const REAL *u, REAL *v, long n) {
  for (long i = 1; i + 1 < n; i++)
    v[i] = u[i - 1] * 0.3 + u[i] * u[i + 1] - 0.2 * u[i + 1];
}
static void twice(const REAL *restrict u, REAL *restrict v, long n) {
  for (long i = 1; i + 1 < n; i++) {
    v[i] = u[i - 1] - u[i] * u[i + 1];
    v[i + 1] = v[i] * u[i + 1] + v[i - 1];
  }
}
REAL f(REAL *u, int shift) {
  REAL *v = (REAL *)malloc(14 * sizeof(REAL)), sum = 0;
  for (int i = 0; i < 14; i++)
    v[i] = u[i % 12] * 0.5;
  relax(u, 12);
  perhaps(v, v + shift, 10);
  perhaps(v + shift, v, 9);
  perhaps(u, u + 1, 11);
  perhaps(u, v, 12);
  twice(u, v, 12);
  for (int i = 0; i < 12; i++)
    sum += u[i] * v[i] + v[i] * v[i];
  free(v);
  return sum;
}
