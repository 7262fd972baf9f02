// The state goes to memory of the caller behind the loop's back, through a pointer that is stored.
//! ret REAL
//! dup REAL start[4] = fill(0.2, 0.9)
//! dup REAL last[4] = fill(0, 0)
//! const int steps = 4
#include "case.h"
struct View {
  REAL *at;
};
static void __attribute__((noinline)) copy(struct View *view, REAL *to) {
  for (int i = 0; i < 4; i++)
    to[i] = view->at[i];
}
REAL f(const REAL *start, REAL *last, int steps) {
  REAL x[4], k[4];
  struct View view = {x};
  for (int i = 0; i < 4; i++)
    x[i] = start[i];
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < 4; i++)
      k[i] = x[i] * x[3 - i];
    for (int i = 0; i < 4; i++)
      x[i] += 0.3 * k[i] * k[3 - i] * x[i];
  }
  copy(&view, last);
  return x[0] * x[1];
}
