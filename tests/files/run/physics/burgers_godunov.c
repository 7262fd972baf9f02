// The exact Riemann solution between cells: shocks, fans and sonic points are cases.
//! dup REAL u[8] = fill(-1, 1)
//! const int steps = 3
#include "case.h"
static REAL flux(REAL l, REAL r) {
  if (l > r) return (l + r > 0 ? l * l : r * r) * 0.5;
  if (l > 0) return l * l * 0.5;
  if (r < 0) return r * r * 0.5;
  return 0 * l;
}
void f(REAL *u, int steps) {
  while (steps-- > 0) {
    REAL first = u[0], in = flux(u[7], u[0]);
    for (int i = 0; i < 8; i++) {
      REAL out = flux(u[i], i < 7 ? u[i + 1] : first);
      u[i] += 0.3 * (in - out);
      in = out;
    }
  }
}
