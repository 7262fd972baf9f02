// A record is copied in two unequal parts that meet in the middle of a member's neighbourhood.
//! refuse RZ0012 O0 O1 O0-split
//! ret REAL
//! dup struct record r[2] { .x .y .z } = fill
#include "case.h"
struct record { int id; REAL x; REAL y; int n; REAL z; };
REAL f(struct record *r) {
  struct record t;
  size_t cut = offsetof(struct record, y);
  memcpy(&t, &r[0], cut);
  memcpy((char *)&t + cut, (char *)&r[1] + cut, sizeof t - cut);
  r[1] = t;
  r[0].y = t.x * t.y;
  return t.x * t.y * t.z + r[0].y * r[1].z;
}
