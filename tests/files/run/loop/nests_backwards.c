// Nests that are undone backwards: rows that meet in an inner loop or only in the loop around, rows before and behind,
// triangles, three loops deep, and counters that are numbers, in each number of iterations from none.
//! ret REAL
//! dup REAL u[48] = fill(-1, 1) | fill(0.5, 1)
//! const int n = 0 | 5
//! const int m = 4 | 7
#include "case.h"
#include <stdlib.h>
// `from` and `to` are `apart` places apart: less than a row, they meet in the inner loop; more, in the one around.
static void rows(REAL *to, const REAL *from, long n, long m) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < m; j++)
      to[i * m + j] += 0.25 * from[i * m + j] * from[i * m + j] - 0.125 * to[i * m + j];
}
static void neighbours(const REAL *restrict u, REAL *restrict v, long n, long m) {
  for (long i = 0; i < n; i++)
    for (long j = 1; j + 1 < m; j++)
      v[i * m + j] = u[i * m + j - 1] * u[i * m + j + 1] + 0.1 * u[(i == 0 ? n - 1 : i - 1) * m + j] +
                     0.2 * u[(i == n - 1 ? 0 : i + 1) * m + j];
}
static void before(REAL *a, const REAL *weights, long n, long m) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < m; j++)
      a[(i + 1) * m + j] += weights[i] * a[i * m + j] + weights[j] * a[(i - 1) * m + j + m];
}
static void eliminate(REAL *a, int n) {
  for (int k = 0; k < n; k++)
    for (int i = k + 1; i < n; i++) {
      REAL l = a[i * n + k] / (3.0 + a[k * n + k] * a[k * n + k]);
      a[i * n + k] = l;
      for (int j = k + 1; j < n; j++)
        a[i * n + j] -= l * a[k * n + j];
    }
}
static void weighted(const REAL *u, REAL *v, int n, int m) {
  for (int k = 0; k < 3; k++)
    for (int i = n - 1; i >= 0; i--)
      for (int j = 0; j < m; j++)
        v[i * m + j] += u[i * m + j] * u[j] * (REAL)(i - 2 * k) * 0.05;
}
static void shrinking(REAL *a, unsigned n, unsigned m) {
  for (unsigned i = n; i > 0; i--)
    for (unsigned j = 0; j < i && j < m; j++)
      a[(i - 1) * m + j] = a[(i - 1) * m + j] * a[j] + 0.5 * a[i * m + j];
}
REAL f(REAL *u, int n, int m) {
  REAL *a = (REAL *)malloc(64 * sizeof(REAL)), *b = (REAL *)malloc(64 * sizeof(REAL));
  REAL sum = 0;
  for (int size = n; size <= n + 1; size++) {
    for (int i = 0; i < 64; i++) {
      a[i] = i < 48 ? u[i] : u[i - 48] * 0.5;
      b[i] = 0.1 * u[i % 48];
    }
    rows(a, b, size, m);
    rows(a + 2, a, size, m);
    rows(b, b + m + 1, size, m);
    neighbours(a, b, size, m);
    before(b, u, size, m);
    eliminate(a, size);
    weighted(a, b, size, m);
    shrinking(b, (unsigned)size, (unsigned)m);
    for (int i = 0; i < 64; i++)
      sum += a[i] * a[i] * (REAL)(i + 1) * 0.1 + b[i] * (REAL)(size + 1);
  }
  free(a);
  free(b);
  return sum;
}
