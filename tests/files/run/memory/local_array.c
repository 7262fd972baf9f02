// A local array is filled, then read.
//! ret REAL
//! out REAL x = 0.6
//! const int n = 8
#include "case.h"
REAL f(REAL x, int n) {
  REAL t[8];
  for (int i = 0; i < n; i++) t[i] = sin(x * (i + 1));
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i] * t[n - 1 - i];
  return s;
}
