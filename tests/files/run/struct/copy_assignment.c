// Whole structs copied by assignment.
//! ret REAL
//! dup struct p s[2] { .x .y .z } = fill
// Without type metadata nothing says that the bytes of the tag are no float.
#include "case.h"
struct p { REAL x, y, z; int tag; };
REAL f(struct p *s) {
  struct p t = s[0];
  t.x = t.x * t.y;
  s[1] = t;
  s[0].z = s[1].x * s[0].z;
  return s[0].z * s[1].z + t.x;
}
