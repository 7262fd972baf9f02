// The comparison that sorts is chosen by an argument; keys are active and so is what is sorted along.
//! dup REAL a[8] = fill(-1, 1)
//! const int mode = 0 | 1 | 2
#include "case.h"
typedef int (*less)(REAL, REAL);
static int up(REAL a, REAL b) { return a < b; }
static int down(REAL a, REAL b) { return a > b; }
static int by_size(REAL a, REAL b) { return fabs(a) < fabs(b); }
static NOINLINE void sort(REAL *a, int n, less before) {
  for (int i = 1; i < n; i++)
    for (int j = i; j > 0 && before(a[j], a[j - 1]); j--) {
      REAL t = a[j];
      a[j] = a[j - 1];
      a[j - 1] = t;
    }
}
void f(REAL *a, int mode) {
  sort(a, 8, mode == 0 ? up : mode == 1 ? down : by_size);
  for (int i = 1; i < 8; i++) a[i] *= a[i - 1] + i;
}
