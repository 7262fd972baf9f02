// The caller's records are only copied: nothing in the function reads a number.
//! refuse RZ0012 O0 O2-fno-strict-aliasing width
//! out REAL x = 1.25
//! dup struct part to[1] { .u .v[0] .v[1] .v[2] } = fill
//! dup struct part from[1] { .u .v[0] .v[1] .v[2] } = fill(-1, 1)
//! ret REAL
#include "case.h"
struct part { REAL u; int k; REAL v[3]; };
REAL f(REAL x, struct part *to, struct part *from) {
  *to = *from;
  return x * x;
}
