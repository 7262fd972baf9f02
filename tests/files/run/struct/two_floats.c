// Two floats in one register, as a vector of two.
//! ret REALF
//! out REALF x = 0.75
//! out REALF y = 1.25
#include "case.h"
struct v2 { REALF x, y; };
NOINLINE static struct v2 rotate(struct v2 a, REALF c, REALF s) {
  struct v2 r = {a.x * c - a.y * s, a.x * s + a.y * c};
  return r;
}
REALF f(REALF x, REALF y) {
  struct v2 p = {x, y};
  p = rotate(p, 0.75f, x);
  p = rotate(p, p.x, 0.5f);
  return p.x * p.y;
}
