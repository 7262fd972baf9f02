// Bit fields share words with nothing active.
//! ret REAL
//! dup struct b s[2] { .x } = fill
//! set @->s[0].mode = 3
//! set @->s[1].mode = 1
#include "case.h"
struct b { unsigned mode : 3, count : 9; REAL x; };
REAL f(struct b *s) {
  REAL r = 1;
  for (int i = 0; i < 2; i++) {
    r *= s[i].x * s[i].mode;
    s[i].count += 2;
  }
  return r + s[0].count * s[0].x;
}
