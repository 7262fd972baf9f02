// An integrator with a right-hand side, an event function and a place for user data.
//! ret REAL
//! out REAL g = 9.81
//! out REAL v0 = 6
#include "case.h"
struct ode { void (*rhs)(REAL t, const REAL *y, REAL *dy, void *data); REAL (*event)(const REAL *y, void *data); void *data; int n; };
struct ball { REAL g, drag; int evaluations; };
static void flight(REAL t, const REAL *y, REAL *dy, void *data) {
  struct ball *b = (struct ball *)data;
  b->evaluations++;
  dy[0] = y[1];
  dy[1] = -b->g - b->drag * y[1] * fabs(y[1]) + 0.01 * t;
}
static REAL ground(const REAL *y, void *data) { return y[0]; }
static NOINLINE REAL integrate(const struct ode *o, REAL *y, REAL h) {
  REAL t = 0;
  for (int s = 0; s < 200; s++) {
    REAL k1[4], k2[4], m[4], before = o->event(y, o->data);
    o->rhs(t, y, k1, o->data);
    for (int i = 0; i < o->n; i++) m[i] = y[i] + 0.5 * h * k1[i];
    o->rhs(t + 0.5 * h, m, k2, o->data);
    for (int i = 0; i < o->n; i++) y[i] += h * k2[i];
    REAL after = o->event(y, o->data);
    if (s && after < 0) return t + h * before / (before - after);
    t += h;
  }
  return t;
}
REAL f(REAL g, REAL v0) {
  struct ball b = {g, 0.05, 0};
  struct ode o = {flight, ground, &b, 2};
  REAL y[4] = {0, v0, 0, 0};
  return integrate(&o, y, 0.05) * y[1];
}
