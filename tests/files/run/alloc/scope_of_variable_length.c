// Arrays of variable length whose scope ends before the function does: what their adjoints lie in must stay until the
// reverse part is done, whatever is called behind the scope.
//! ret REAL
//! out REAL x = -1.9
//! out REAL y = 1.48
//! dup REAL a[6] = 0.3 -0.4 1.2 0.8 -1.1 0.5
//! const int n = 2 | 3
#include "case.h"
struct node {
  REAL v;
  struct node *next;
  REAL w[2];
};
NOINLINE static REAL overwrite(REAL t, int depth) {
  struct node list[9];
  for (int i = 0; i < 9; i++) {
    list[i].v = log(2.0 + cos(t + (REAL)i));
    list[i].w[0] = 0.75;
    list[i].w[1] = t;
    list[i].next = &list[(i * 2 + 1) % 9];
  }
  REAL deeper = depth > 0 ? overwrite(t * 0.5, depth - 1) : t;
  return deeper * list[3].next->w[1] + list[depth].v;
}
NOINLINE static REAL known(REAL y, int n) {
  REAL r = y;
  if (n > 1) {
    int length = 3 + 1;
    REAL v[length];
    for (int i = 0; i < length; i++) v[i] = r * (REAL)(i + 1);
    REAL w[6];
    for (int i = 0; i < 6; i++) w[i] = v[n];
    r += 0.125 * sin(w[0] - 0.5 * w[5]);
  }
  return r * overwrite(y, 3);
}
NOINLINE static REAL unknown(const REAL *a, int n) {
  REAL r = 0.25;
  for (int turn = 0; turn < 3; turn++) {
    REAL v[n + turn];
    for (int i = 0; i < n + turn; i++) v[i] = sin(a[i] + r);
    for (int i = 1; i < n + turn; i++) r += v[i] * v[i - 1];
    if (turn == 1) {
      REAL w[n];
      for (int i = 0; i < n; i++) w[i] = v[i] * v[n];
      r *= w[n - 1] + 1.5;
    }
    r += 0.125 * overwrite(r, turn);
  }
  return r;
}
REAL f(REAL x, REAL y, REAL *a, int n) { return known(y, n) * overwrite(x, 2) + unknown(a, n) * x; }
