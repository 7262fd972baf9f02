// A struct on the stack that holds an operation and its parameter, passed by address.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! out REAL c = 2
#include "case.h"
struct op { REAL (*apply)(const struct op *, REAL); REAL by; };
static REAL scale(const struct op *o, REAL t) { return o->by * t; }
static REAL power(const struct op *o, REAL t) { return o->by * t * t; }
static NOINLINE REAL run(const struct op *o, REAL t) { return o->apply(o, t); }
REAL f(REAL x, REAL c) {
  struct op a, b;
  a.apply = scale; a.by = c;
  b.apply = power; b.by = c * x;
  return run(&a, x) + run(&b, x);
}
