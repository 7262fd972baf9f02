// Single precision in pairs, beside a count: a word of two floats, one of a count and padding.
//! ret REAL
//! dup struct leaf l[3] { .w[0] .w[1] .g } = fill
#include "case.h"
struct leaf { REALF w[2]; int n; REAL g; REALF tail[3]; };
static NOINLINE void move(struct leaf *to, const struct leaf *from) { *to = *from; }
REAL f(struct leaf *l) {
  struct leaf t;
  move(&t, &l[0]);
  move(&l[0], &l[2]);
  move(&l[2], &t);
  return l[0].g * l[2].g;
}
