// A record's pointer leads to constant data, another to active: marked by the caller's links.
//! ret REAL
//! dup struct model m[1] { .bias } = 0.3
//! mem REAL w[4] = fill
//! const double x[4] = 1 -2 0.5 3
//! link @->m[0].w = @->w
#include "case.h"
struct model { REAL *w; REAL bias; };
REAL f(struct model *m, const double *x) {
  REAL s = m->bias;
  for (int i = 0; i < 4; i++) s += m->w[i] * x[i];
  for (int i = 0; i < 4; i++) m->w[i] -= 0.1 * s * x[i];
  return 1 / (1 + exp(-s)) + m->w[0] * m->w[3];
}
