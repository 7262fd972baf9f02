// The callback reads settings that have no shadow.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const double c[2] = 1.5 0.25
//! const int k = 0 | 1
#include "case.h"
typedef REAL (*unary)(const void *, REAL);
static REAL line(const void *p, REAL t) { const double *c = (const double *)p; return c[0] * t + c[1]; }
static REAL bend(const void *p, REAL t) { const double *c = (const double *)p; return c[0] * t * t; }
static NOINLINE REAL twice(unary g, const void *context, REAL t) { return g(context, g(context, t)); }
REAL f(REAL x, const double *c, int k) {
  return k ? twice(line, c, x) : twice(bend, c, x);
}
