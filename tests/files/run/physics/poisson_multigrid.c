// A V-cycle by recursion: smooth, restrict, correct, with the levels in one array.
//! ret REAL
//! dup REAL rhs[17] = fill(-1, 1)
#include "case.h"
static NOINLINE void cycle(REAL *u, const REAL *b, int n, REAL *work) {
  for (int sweep = 0; sweep < 2; sweep++)
    for (int i = 1; i < n; i++) u[i] = 0.5 * (u[i - 1] + u[i + 1] + b[i]);
  if (n == 2) return;
  REAL *coarse = work, *residual = work + n / 2 + 1;
  coarse[0] = coarse[n / 2] = residual[0] = residual[n / 2] = 0;
  for (int i = 1; i < n / 2; i++) {
    int j = 2 * i;
    residual[i] = 4 * (b[j] - 2 * u[j] + u[j - 1] + u[j + 1]) * 0.5;
    coarse[i] = 0;
  }
  cycle(coarse, residual, n / 2, work + n + 2);
  for (int i = 1; i < n; i++) u[i] += i % 2 ? 0.5 * (coarse[i / 2] + coarse[i / 2 + 1]) : coarse[i / 2];
  for (int i = n - 1; i > 0; i--) u[i] = 0.5 * (u[i - 1] + u[i + 1] + b[i]);
}
REAL f(const REAL *rhs) {
  REAL u[17], work[64], s = 0;
  for (int i = 0; i < 17; i++) u[i] = 0;
  for (int k = 0; k < 2; k++) cycle(u, rhs, 16, work);
  for (int i = 0; i < 17; i++) s += u[i] * u[i] * (1 + i);
  return s;
}
