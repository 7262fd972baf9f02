// A union whose parts agree on where the floats are.
//! ret REAL
//! dup union u m[1] { .v[0..3] } = fill
#include "case.h"
union u {
  struct { REAL x, y, z; } p;
  REAL v[3];
};
REAL f(union u *m) {
  m->p.x = m->v[1] * m->p.z;
  return m->v[0] * m->p.y;
}
