// A struct result in registers: each element is seeded with one.
//! ret struct c { .re .im }
//! out REAL x = 0.7
#include "case.h"
struct c { REAL re, im; };
struct c f(REAL x) {
  struct c r = {x * x, 3.0 * x};
  return r;
}
