// Small functional pieces over arrays: map, filter and fold, each with a function and an environment.
//! ret REAL
//! dup REAL a[6] = fill(-1, 1)
//! out REAL k = 0.7
#include "case.h"
static NOINLINE void map(REAL *a, int n, REAL (*g)(REAL, const REAL *), const REAL *env) { for (int i = 0; i < n; i++) a[i] = g(a[i], env); }
static NOINLINE int filter(REAL *a, int n, int (*keep)(REAL, const REAL *), const REAL *env) {
  int m = 0;
  for (int i = 0; i < n; i++)
    if (keep(a[i], env)) a[m++] = a[i];
  return m;
}
static NOINLINE REAL fold(const REAL *a, int n, REAL (*g)(REAL, REAL), REAL start) { while (n-- > 0) start = g(start, *a++); return start; }
static REAL scaled(REAL x, const REAL *k) { return x * *k + sin(x); }
static REAL shifted(REAL x, const REAL *k) { return x * x + *k; }
static int big(REAL x, const REAL *k) { return x > 0.2 * *k; }
static REAL plus(REAL a, REAL b) { return a + b; }
static REAL chain(REAL a, REAL b) { return a * b + 0.5; }
REAL f(const REAL *a, REAL k) {
  REAL b[6];
  memcpy(b, a, sizeof b);
  map(b, 6, scaled, &k);
  int n = filter(b, 6, big, &k);
  map(b, n, shifted, &k);
  return fold(b, n, plus, 0 * k) * fold(b, n, chain, k);
}
