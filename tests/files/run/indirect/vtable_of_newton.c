// Objects with tables of functions and a state of their own, in an array of pointers; one calls the other.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! dup REAL a[3] = 1 2 3 | 4 3 2
#include "case.h"
struct object;
struct table { REAL (*value)(const struct object *, REAL); void (*learn)(struct object *, REAL); };
struct object { const struct table *is; REAL weight; const struct object *inner; };
static REAL line(const struct object *o, REAL t) { return o->weight * t; }
static REAL wave(const struct object *o, REAL t) { return sin(o->weight * o->inner->is->value(o->inner, t)); }
static void add(struct object *o, REAL t) { o->weight += 0.25 * t * t; }
static void damp(struct object *o, REAL t) { o->weight *= cos(t); }
static const struct table lines = {line, add}, waves = {wave, damp};
NOINLINE static REAL sum(struct object *const *all, int n, REAL x) {
  REAL s = 0;
  for (int k = 0; k < 2; k++)
    for (int i = 0; i < n; i++) {
      s += all[i]->is->value(all[i], x + k);
      all[i]->is->learn(all[i], s);
    }
  return s;
}
REAL f(REAL x, REAL *a) {
  struct object one = {&lines, a[0], 0}, two = {&waves, a[1], &one}, three = {&lines, a[2], 0};
  struct object *all[3] = {&one, &two, &three};
  return sum(all, 3, x) * one.weight;
}
