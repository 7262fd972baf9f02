// A struct result in memory: its shadow is the seed.
//! ret sret struct v3 { .x .y .z }
//! out REAL x = 0.7
//! style bare
#include "case.h"
struct v3 { REAL x, y, z; };
struct v3 f(REAL x) {
  struct v3 r = {x * x, 3.0 * x, sin(x)};
  return r;
}
