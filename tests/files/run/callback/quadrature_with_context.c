// An adaptive rule takes its integrand as a function and a context.
//! ret REAL
//! out REAL a = 0.3
//! out REAL b = 1.7
#include "case.h"
typedef REAL (*integrand)(REAL, void *);
struct context { REAL a, b; int calls; };
static REAL wave(REAL x, void *p) {
  struct context *c = (struct context *)p;
  c->calls++;
  return exp(-c->a * x) * sin(c->b * x);
}
static NOINLINE REAL adapt(integrand g, void *p, REAL lo, REAL hi, REAL flo, REAL fhi, int depth) {
  REAL mid = 0.5 * (lo + hi), fm = g(mid, p), coarse = (hi - lo) * (flo + fhi) / 2, fine = (hi - lo) * (flo + 4 * fm + fhi) / 6;
  if (depth == 0 || fabs(coarse - fine) < 1e-3) return fine;
  return adapt(g, p, lo, mid, flo, fm, depth - 1) + adapt(g, p, mid, hi, fm, fhi, depth - 1);
}
REAL f(REAL a, REAL b) {
  struct context c = {a, b, 0};
  REAL r = adapt(wave, &c, 0 * a, 2 + 0 * a, wave(0 * a, &c), wave(2 + 0 * a, &c), 6);
  return r * c.calls;
}
