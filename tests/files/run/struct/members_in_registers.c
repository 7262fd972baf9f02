// Small records of numbers and counts travel in registers, several members in one.
//! ret REAL
//! dup REAL x[4] = 0.7 1.3 0.4 1.1
#include "case.h"
#include <stdbool.h>
struct counted { REALF weight; int count; };
struct flagged { bool set; REALF value; };
struct tagged { REAL value; char tag; };
struct corner { REALF x, y, z; int n; };
NOINLINE static struct counted heavier(struct counted a, struct counted b, REAL w) {
  struct counted r = {a.weight * b.weight + (REALF)(w * a.weight), a.count + b.count};
  return r;
}
NOINLINE static struct flagged merged(struct flagged a, struct flagged b) {
  struct flagged r = {a.set && !b.set, a.value * b.value + a.value};
  return r;
}
NOINLINE static struct tagged stamped(struct tagged a, char tag) {
  struct tagged r = {a.value * a.value, (char)(a.tag ^ tag)};
  return r;
}
NOINLINE static struct corner moved(struct corner a, REALF by) {
  struct corner r = {a.x + by, a.y * by, a.z - a.x, a.n * 3 - 1};
  return r;
}
NOINLINE static struct counted made(REAL v, int n) {
  struct counted r = {(REALF)v, n};
  return r;
}
REAL f(REAL *x) {
  struct counted c[2];
  c[0] = made(x[0], 1);
  c[1] = made(x[1] * x[2], 2);
  struct counted *first = &c[0], h = heavier(c[0], c[1], x[3]);
  h = heavier(h, *first, x[2]);
  struct flagged p = {1, (REALF)x[1]}, q = {0, (REALF)x[3]};
  p = merged(p, merged(p, q));
  struct tagged t = {x[0] * x[3], 5};
  t = stamped(stamped(t, 3), 5);
  struct corner k = {(REALF)x[0], (REALF)x[1], (REALF)x[2], 1};
  k = moved(moved(k, (REALF)x[3]), 0.5f);
  REAL r = h.weight * (1 + 0.1 * h.count) + (p.set ? p.value : 2 * p.value);
  return r + t.value * t.tag + k.x * k.y * k.z * k.n;
}
