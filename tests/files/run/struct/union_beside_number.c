// A union holds a pointer where its type says a number; the record is copied whole, by a count.
//! ret REAL
//! dup REAL a[4] = fill
//! const long n = 1 | 2
#include "case.h"
struct var { REAL weight; union { REAL number; const REAL *where; } u; };
NOINLINE static void set(struct var *v, const REAL *where, REAL weight) {
  v->weight = weight;
  v->u.where = where;
}
NOINLINE static REAL get(const struct var *v) { return v->weight * *v->u.where; }
REAL f(const REAL *a, long n) {
  struct var v[2], w[2];
  set(&v[0], &a[1], a[0]);
  set(&v[1], &a[3], a[2]);
  memcpy(w, v, n * sizeof *v);
  return get(&w[n - 1]) * get(&w[0]) + get(&v[1]);
}
