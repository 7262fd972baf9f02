// A vector of records that grows by realloc; records come in and go out by value.
//! second refuse RZ0012 rf rr
//! ret REAL
//! dup REAL x[6] = fill
#include "case.h"
struct part { REAL u; int k; REAL v[3]; };
struct vec { struct part *at; int n, room; };
static NOINLINE void push(struct vec *v, struct part p) {
  if (v->n == v->room) {
    v->room = v->room ? 2 * v->room : 1;
    v->at = (struct part *)realloc(v->at, v->room * sizeof *v->at);
  }
  v->at[v->n++] = p;
}
static NOINLINE struct part pop(struct vec *v) { return v->at[--v->n]; }
REAL f(const REAL *x) {
  struct vec v = {0, 0, 0};
  for (int i = 0; i < 6; i++) {
    struct part p;
    p.u = x[i] * x[i], p.k = i;
    for (int j = 0; j < 3; j++) p.v[j] = x[(i + j) % 6];
    push(&v, p);
  }
  REAL s = 0;
  while (v.n) {
    struct part p = pop(&v);
    s = s * p.v[p.k % 3] + p.u;
  }
  free(v.at);
  return s;
}
