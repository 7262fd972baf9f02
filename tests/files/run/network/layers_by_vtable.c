// A network as a list of layers with forward functions and parameters of different kinds.
//! second refuse RZ0027 rf ff
//! ret REAL
//! dup REAL x[3] = fill(-1, 1)
//! dup REAL w[9] = fill(-1, 1)
//! dup REAL slope[1] = 0.2
#include "case.h"
struct layer { void (*forward)(const struct layer *, const REAL *, REAL *); const REAL *params; int in, out; };
static void dense(const struct layer *l, const REAL *x, REAL *y) {
  for (int i = 0; i < l->out; i++) {
    y[i] = 0;
    for (int j = 0; j < l->in; j++) y[i] += l->params[i * l->in + j] * x[j];
  }
}
static void leaky(const struct layer *l, const REAL *x, REAL *y) {
  for (int i = 0; i < l->out; i++) y[i] = x[i] > 0 ? x[i] : l->params[0] * x[i];
}
static void squash(const struct layer *l, const REAL *x, REAL *y) {
  for (int i = 0; i < l->out; i++) y[i] = tanh(x[i]);
}
REAL f(const REAL *x, const REAL *w, const REAL *slope) {
  struct layer net[5] = {{dense, w, 3, 3}, {leaky, slope, 3, 3}, {dense, w, 3, 3}, {squash, NULL, 3, 3}, {dense, w, 3, 1}};
  REAL a[3], b[3];
  memcpy(a, x, sizeof a);
  for (int i = 0; i < 5; i++) {
    net[i].forward(&net[i], a, b);
    memcpy(a, b, sizeof a);
  }
  return a[0];
}
