// Integers and floats side by side, with padding.
//! ret REAL
//! dup struct item s[3] { .weight .value } = fill
//! set @->s[0].kind = 1
//! set @->s[1].kind = 2
//! set @->s[2].kind = 1
//! set @->s[2].flag = 'x'
#include "case.h"
struct item { char flag; REAL weight; short kind; REALF value; long id; };
REAL f(struct item *s) {
  REAL r = 0;
  for (int i = 0; i < 3; i++) {
    if (s[i].kind == 1) r += s[i].weight * s[i].value;
    else s[i].value = s[i].value * 2.0f;
    s[i].id++;
  }
  return r * s[1].value;
}
