// Smoothed particles: neighbours by cells in linked lists of indices, kernel with compact support.
//! ret REAL
//! dup REAL x[12] = fill(0, 3)
//! out REAL h = 0.9
#include "case.h"
REAL f(const REAL *x, REAL h) {
  int head[4] = {-1, -1, -1, -1}, next[12];
  REAL rho[12], pressure = 0;
  for (int i = 0; i < 12; i++) {
    int cell = (int)VALUE(x[i]);
    next[i] = head[cell];
    head[cell] = i;
  }
  for (int i = 0; i < 12; i++) {
    rho[i] = 0;
    int cell = (int)VALUE(x[i]);
    for (int c = cell - 1; c <= cell + 1; c++) {
      if (c < 0 || c > 3) continue;
      for (int j = head[c]; j >= 0; j = next[j]) {
        REAL q = (x[i] - x[j]) * (x[i] - x[j]) / (h * h);
        if (q < 1) rho[i] += (1 - q) * (1 - q) * (1 - q) / h;
      }
    }
  }
  for (int i = 0; i < 12; i++) pressure += pow(rho[i], 1.4) * (i % 3 + 1);
  return pressure;
}
