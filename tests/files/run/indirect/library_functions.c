// Functions of the C library as values.
//! ret REAL
//! out REAL x = 0.7 | 1.25
//! const int n = 4
#include "case.h"
static REAL mysin(REAL t) { return sin(t); }
#ifdef RZ_DUAL
static REAL (*const ops[])(REAL) = {mysin, mysin, mysin};
static REAL pick(int i, REAL x) { return i == 0 ? sin(x) : i == 1 ? exp(x) : sqrt(x); }
REAL f(REAL x, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += pick(i % 3, x) * x;
  return s + ops[0](x);
}
#else
static REAL (*const ops[])(REAL) = {sin, exp, sqrt};
static NOINLINE REAL apply(REAL (*g)(REAL), REAL t) { return g(t); }
REAL f(REAL x, int n) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += ops[i % 3](x) * x;
  return s + apply(mysin, x);
}
#endif
