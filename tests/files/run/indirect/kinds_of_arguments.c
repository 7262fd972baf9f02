// Integers, floats and pointers side by side, of several widths.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! dup REAL a[3] = fill
//! const int n = 3
#include "case.h"
struct method { REAL (*call)(const REAL *, int, REAL, bool, char, long); };
static REAL first(const REAL *a, int n, REAL x, bool flip, char c, long l) {
  REAL s = x;
  for (int i = 0; i < n; i++) s += a[i] * x * (flip ? -1 : 1);
  return s * (c + l);
}
static REAL second(const REAL *a, int n, REAL x, bool flip, char c, long l) {
  return flip ? a[n - 1] * x : a[0] * (REAL)l * (REAL)c;
}
static NOINLINE REAL run(struct method *m, const REAL *a, int n, REAL x) {
  return m->call(a, n, x, n > 2, 3, 2) * m->call(a, n, x * x, n > 5, 1, 7);
}
REAL f(REAL x, REAL *a, int n) {
  struct method m;
  m.call = first;
  REAL r = run(&m, a, n, x);
  m.call = second;
  return r + run(&m, a, n, x);
}
