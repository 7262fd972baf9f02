// An interface in C: a constant table whose functions also make and release the object's state.
//! ret REAL
//! dup REAL a[4] = 0.3 0.7 -0.4 1.1
//! out REAL t = 0.6 | -1.2
#include "case.h"
struct Type {
  const char *name;
  void *(*make)(void);
  void (*set)(void *, const REAL *);
  REAL (*value)(const void *, REAL);
  void (*drop)(void *);
};
struct Object {
  const struct Type *type;
  REAL low;
  void *state;
};
struct Line {
  REAL c[2];
};
struct Bow {
  REAL *c;
};
static void *make_line(void) { return malloc(sizeof(struct Line)); }
static void set_line(void *v, const REAL *a) {
  struct Line *l = (struct Line *)v;
  l->c[0] = a[0] * a[1];
  l->c[1] = a[2] * a[3];
}
static REAL line(const void *v, REAL t) {
  const struct Line *l = (const struct Line *)v;
  return l->c[0] + l->c[1] * t;
}
static void *make_bow(void) {
  struct Bow *b = (struct Bow *)malloc(sizeof(struct Bow));
  b->c = (REAL *)malloc(4 * sizeof(REAL));
  return b;
}
static void set_bow(void *v, const REAL *a) {
  struct Bow *b = (struct Bow *)v;
  for (int i = 0; i < 4; i++) b->c[i] = sin(a[i]) + a[i];
}
static REAL bow(const void *v, REAL t) {
  const struct Bow *b = (const struct Bow *)v;
  return b->c[0] + t * (b->c[1] + t * (b->c[2] + t * b->c[3]));
}
static void drop_bow(void *v) {
  free(((struct Bow *)v)->c);
  free(v);
}
static const struct Type types[2] = {
    {"line", make_line, set_line, line, free},
    {"bow", make_bow, set_bow, bow, drop_bow},
};
static NOINLINE struct Object *make(const struct Type *type) {
  struct Object *o = (struct Object *)malloc(sizeof(struct Object));
  o->type = type;
  o->low = 0;
  o->state = type->make();
  return o;
}
static NOINLINE void set(struct Object *o, const REAL *a) {
  o->low = a[0];
  o->type->set(o->state, a);
}
static NOINLINE REAL value(const struct Object *o, REAL t) {
  return o->type->value(o->state, t) * o->low;
}
static NOINLINE void drop(struct Object *o) {
  o->type->drop(o->state);
  free(o);
}
REAL f(REAL *a, REAL t) {
  REAL s = 0;
  for (int k = 0; k < 2; k++) {
    struct Object *o = make(&types[k]);
    set(o, a);
    s += value(o, t) * value(o, t + 0.5);
    drop(o);
  }
  return s;
}
