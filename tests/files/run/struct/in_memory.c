// Fields of a struct behind a pointer.
//! ret REAL
//! dup struct body b[2] { .mass .pos[0..3] } = fill
#include "case.h"
struct body { REAL mass; REAL pos[3]; };
REAL f(const struct body *b) {
  REAL d = 0;
  for (int k = 0; k < 3; k++) d += (b[0].pos[k] - b[1].pos[k]) * (b[0].pos[k] - b[1].pos[k]);
  return b[0].mass * b[1].mass / sqrt(d + 0.01);
}
