// How often the loop runs is a property of integers that nobody can count before.
//! ret REAL
//! out REAL x = 0.9 | 1.1
//! const int n = 7 | 27 | 6
#include "case.h"
REAL f(REAL x, int n) {
  REAL p = 1, s = 0;
  while (n != 1) {
    p *= n % 2 ? x : 1 / (1 + x);
    s += p;
    n = n % 2 ? 3 * n + 1 : n / 2;
  }
  return s + p;
}
