// Four formats in one struct.
//! ret REAL
//! dup struct all s[1] { .d .f .l .h } = 0.75 0.5 1.25 1.5
#include "case.h"
struct all { REALF f; REALL l; char c; REAL d; REALH h; };
REAL f(struct all *s) {
  REAL t = s->d * s->f + (REAL)s->l * s->d;
  s->l = s->l * t;
  s->f = (REALF)t;
  return t * (REAL)(REALF)s->h;
}
