// Bounds instead of numbers: products take the least and the greatest of four, divisions split at zero.
//! ret REAL
//! dup REAL x[4] = -0.4 0.9 1.2 2.3
#include "case.h"
struct interval { REAL lo, hi; };
static struct interval plus(struct interval a, struct interval b) { struct interval r = {a.lo + b.lo, a.hi + b.hi}; return r; }
static struct interval times(struct interval a, struct interval b) {
  REAL p[4] = {a.lo * b.lo, a.lo * b.hi, a.hi * b.lo, a.hi * b.hi};
  struct interval r = {p[0], p[0]};
  for (int i = 1; i < 4; i++) {
    if (p[i] < r.lo) r.lo = p[i];
    if (p[i] > r.hi) r.hi = p[i];
  }
  return r;
}
static struct interval inverse(struct interval a) {
  struct interval whole = {-100, 100}, r = {1 / a.hi, 1 / a.lo};
  return a.lo < 0 && a.hi > 0 ? whole : r;
}
static struct interval square(struct interval a) {
  struct interval r;
  if (a.lo > 0) r.lo = a.lo * a.lo, r.hi = a.hi * a.hi;
  else if (a.hi < 0) r.lo = a.hi * a.hi, r.hi = a.lo * a.lo;
  else r.lo = 0, r.hi = fmax(a.lo * a.lo, a.hi * a.hi);
  return r;
}
REAL f(const REAL *x) {
  struct interval a = {x[0], x[1]}, b = {x[2], x[3]}, r = a;
  for (int i = 0; i < 3; i++) r = plus(times(r, inverse(b)), square(times(a, r)));
  return (r.hi - r.lo) * (r.hi + 2 * r.lo);
}
