// A growing array whose elements are only copied; they are numbers where they arrive.
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
#include "case.h"
struct array { REAL *data; size_t n, room; };
NOINLINE static void reserve(struct array *v, size_t room) {
  v->data = (REAL *)realloc((void *)v->data, room * sizeof(REAL));
  v->room = room;
}
NOINLINE static void push(struct array *v, const REAL *p) {
  if (v->n == v->room) reserve(v, v->room * 2 + 1);
  memcpy((void *)(v->data + v->n), p, sizeof(REAL));
  v->n++;
}
NOINLINE static void assign(struct array *to, const struct array *from) {
  reserve(to, from->n);
  memcpy((void *)to->data, from->data, from->n * sizeof(REAL));
  to->n = from->n;
}
REAL f(REAL *x) {
  struct array v = {0, 0, 0}, w = {0, 0, 0};
  for (int i = 0; i < 4; i++) push(&v, x + i);
  assign(&w, &v);
  REAL y[4];
  memcpy((void *)y, w.data, w.n * sizeof(REAL));
  free((void *)v.data);
  free((void *)w.data);
  return y[0] * y[1] + sin(y[2]) * y[3];
}
