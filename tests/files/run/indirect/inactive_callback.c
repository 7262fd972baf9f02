// Callbacks that only look: they have no derivative and need none.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4
#include "case.h"
static int calls;
static void note(int i) { calls += i; }
static int positive(REAL v) { return v > 0; }
static NOINLINE REAL each(const REAL *a, int n, void (*seen)(int), int (*keep)(REAL)) {
  REAL s = 0;
  for (int i = 0; i < n; i++) {
    seen(i);
    if (keep(a[i])) s += a[i] * a[i];
  }
  return s;
}
REAL f(const REAL *a, int n) { return each(a, n, note, positive); }
