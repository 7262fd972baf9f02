// A coroutine by hand: a struct keeps where to go on and the numbers, a switch goes on there.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
struct co { int state, i; REAL sum, last; };
static int step(struct co *c, const REAL *a, REAL *yielded) {
  switch (c->state) {
  case 0:
    c->sum = 0;
    for (c->i = 0; c->i < 5; c->i++) {
      c->sum += a[c->i] * a[c->i];
      *yielded = c->sum;
      c->state = 1;
      return 1;
  case 1:
      c->last = *yielded * a[c->i];
      if (c->i % 2) {
        *yielded = c->last;
        c->state = 2;
        return 1;
  case 2:
        c->sum -= c->last;
      }
    }
    c->state = 3;
  }
  return 0;
}
REAL f(const REAL *a) {
  struct co c;
  c.state = 0, c.i = 0, c.sum = 0, c.last = 0;
  REAL y = 0, r = 1;
  while (step(&c, a, &y)) r = r * 0.5 + y;
  return r * c.sum;
}
