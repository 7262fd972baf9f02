// Basis functions by Cox and de Boor in both directions over a net of control points.
//! ret REAL
//! dup REAL net[25] = fill(-1, 1)
//! out REAL u = 1.3
//! out REAL v = 0.6
#include "case.h"
static void basis(REAL t, int span, const double *knot, REAL *n) {
  REAL left[3], right[3];
  n[0] = 1;
  for (int j = 1; j <= 2; j++) {
    left[j] = t - knot[span + 1 - j];
    right[j] = knot[span + j] - t;
    REAL saved = 0;
    for (int r = 0; r < j; r++) {
      REAL w = n[r] / (right[r + 1] + left[j - r]);
      n[r] = saved + right[r + 1] * w;
      saved = left[j - r] * w;
    }
    n[j] = saved;
  }
}
REAL f(const REAL *net, REAL u, REAL v) {
  static const double knot[8] = {0, 0, 0, 1, 2, 3, 3, 3};
  int su = 2 + (int)VALUE(u), sv = 2 + (int)VALUE(v);
  REAL nu[3], nv[3], s = 0;
  basis(u, su, knot, nu), basis(v, sv, knot, nv);
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) s += nu[i] * nv[j] * net[5 * (su - 2 + i) + sv - 2 + j];
  return s * s;
}
