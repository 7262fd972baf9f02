// Messages along edges, aggregated by sum and by maximum at their targets, two rounds.
//! ret REAL
//! dup REAL h[10] = fill(-1, 1)
//! dup REAL w[4] = fill(-1, 1)
//! const short edge[14] = 0 1 1 2 2 0 3 2 4 3 0 4 2 4
#include "case.h"
REAL f(const REAL *h, const REAL *w, const short *edge) {
  REAL node[5][2], r = 0;
  memcpy(node, h, sizeof node);
  for (int round = 0; round < 2; round++) {
    REAL sum[5], top[5];
    for (int i = 0; i < 5; i++) sum[i] = 0, top[i] = -10;
    for (int e = 0; e < 7; e++) {
      int from = edge[2 * e], to = edge[2 * e + 1];
      REAL m = tanh(w[0] * node[from][0] + w[1] * node[to][1]);
      sum[to] += m;
      top[to] = fmax(top[to], m * node[from][1]);
    }
    for (int i = 0; i < 5; i++) node[i][0] = w[2] * node[i][0] + sum[i], node[i][1] = w[3] * node[i][1] + (top[i] > -10 ? top[i] : 0 * top[i]);
  }
  for (int i = 0; i < 5; i++) r += node[i][0] * node[i][1] * (i + 1);
  return r;
}
