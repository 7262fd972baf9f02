// An iterator object with a next function: three kinds, composed by wrapping one in another.
//! second refuse RZ0027 ff rf
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
struct iterator { int (*next)(struct iterator *, REAL *); struct iterator *inner; const REAL *data; int at, end; REAL last; };
static int over_array(struct iterator *it, REAL *x) {
  if (it->at == it->end) return 0;
  *x = it->data[it->at++];
  return 1;
}
static int differences(struct iterator *it, REAL *x) {
  REAL y;
  if (!it->inner->next(it->inner, &y)) return 0;
  *x = y * y - it->last;
  it->last = y;
  return 1;
}
static int every_second(struct iterator *it, REAL *x) { return it->inner->next(it->inner, x) && it->inner->next(it->inner, x); }
REAL f(const REAL *a) {
  struct iterator base = {over_array, NULL, a, 0, 6, 0}, diff = {differences, &base, NULL, 0, 0, 0}, second = {every_second, &diff, NULL, 0, 0, 0};
  REAL x, s = 1;
  while (second.next(&second, &x)) s = s * x + 1;
  return s;
}
