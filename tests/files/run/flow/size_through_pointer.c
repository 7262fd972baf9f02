// A count is kept in a record and passed to a function of a table.
//! ret REAL
//! dup REAL y[3] = 1.3 0.7 2.1 | 0.5 1.5 0.25
//! const int quadratic = 1 | 0
#include "case.h"
struct kind {
  const char *name;
  unsigned min;
  void *(*alloc)(size_t);
  int (*init)(void *, const REAL *, size_t);
  REAL (*eval)(const void *, const REAL *, REAL);
  void (*release)(void *);
};
struct interp { const struct kind *kind; REAL low; size_t n; void *state; };
struct state { REAL *c; };
static void *make(size_t n) {
  struct state *s = (struct state *)malloc(sizeof *s);
  s->c = (REAL *)malloc(n * sizeof(REAL));
  return s;
}
static int squares(void *v, const REAL *y, size_t n) {
  struct state *s = (struct state *)v;
  for (size_t i = 0; i < n; i++) s->c[i] = y[i] * y[i];
  return 0;
}
static REAL two(const void *v, const REAL *y, REAL t) {
  const struct state *s = (const struct state *)v;
  return s->c[0] * t + s->c[1] * t * t * y[2];
}
static REAL one(const void *v, const REAL *y, REAL t) {
  const struct state *s = (const struct state *)v;
  return s->c[0] * t + y[1];
}
static void drop(void *v) {
  struct state *s = (struct state *)v;
  free((void *)s->c);
  free(s);
}
static const struct kind kinds[2] = {{"one", 2, make, squares, one, drop}, {"two", 3, make, squares, two, drop}};
NOINLINE static struct interp *create(const struct kind *k, size_t n) {
  struct interp *i = (struct interp *)malloc(sizeof *i);
  i->kind = k;
  i->n = n;
  i->state = k->alloc ? k->alloc(n) : NULL;
  return i;
}
NOINLINE static int init(struct interp *i, const REAL *y) {
  i->low = y[0];
  return i->kind->init(i->state, y, i->n);
}
NOINLINE static REAL eval(const struct interp *i, const REAL *y, REAL t) {
  if (t < i->low - 100) return 0;
  return i->kind->eval(i->state, y, t);
}
REAL f(REAL *y, int quadratic) {
  struct interp *i = create(&kinds[quadratic], 3);
  init(i, y);
  REAL r = eval(i, y, 1.75);
  i->kind->release(i->state);
  free(i);
  return r;
}
