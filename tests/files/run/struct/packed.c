// Misaligned doubles in a packed struct.
//! ret REAL
//! dup struct k s[2] { .x .y } = fill
//! set @->s[0].c = 2
//! set @->s[1].c = 3
#include "case.h"
struct __attribute__((packed)) k { char c; REAL x; char d; REAL y; };
REAL f(struct k *s) {
  s[0].x = s[0].x * s[1].y * s[1].c;
  return s[0].x * s[0].y + s[1].x * s[0].c;
}
