// Backward induction on a grid with interpolation between its points, stop or go on.
//! ret REAL
//! out REAL discount = 0.9
//! dup REAL payoff[6] = 0 0.4 1 1.3 2.5 3
#include "case.h"
REAL f(REAL discount, const REAL *payoff) {
  REAL v[6];
  memcpy(v, payoff, sizeof v);
  for (int t = 0; t < 6; t++) {
    REAL w[6];
    for (int i = 0; i < 6; i++) {
      REAL go = 0;
      for (int s = -1; s <= 1; s += 2) {
        double to = i + s * 0.7;
        to = to < 0 ? 0 : to > 5 ? 5 : to;
        int k = to < 5 ? (int)to : 4;
        go += 0.5 * (v[k] + (to - k) * (v[k + 1] - v[k]));
      }
      go *= discount;
      w[i] = go > payoff[i] ? go : payoff[i];
    }
    memcpy(v, w, sizeof v);
  }
  return v[1] + v[2] * v[3];
}
