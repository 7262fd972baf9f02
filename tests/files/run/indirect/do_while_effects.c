// A do-while whose condition changes memory.
//! ret REAL
//! dup REAL a[4] = fill(0.5, 1.5)
//! const int n = 4
#include "case.h"
static NOINLINE int step(REAL *t, int *i) {
  t[*i] = t[*i] * t[(*i + 1) % 4] + 0.1;
  return ++*i < 4;
}
REAL f(REAL *a, int n) {
  int i = 0;
  REAL s = 0;
  do s += a[i] * a[i];
  while (step(a, &i));
  return s * a[n - 1];
}
