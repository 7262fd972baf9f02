// A float behind an integer travels in the upper half of an integer register, both ways.
//! ret REALF
//! out REALF x = 0.7
//! out REALF y = 1.3
#include "case.h"
struct sample { int count; REALF weight; };
NOINLINE static struct sample joined(struct sample a, struct sample b) {
  struct sample r = {a.count + b.count, a.weight * a.count + b.weight * b.weight};
  return r;
}
REALF f(REALF x, REALF y) {
  struct sample a = {2, x}, b = {3, y * x};
  struct sample c = joined(a, joined(b, a));
  return c.weight * c.count;
}
