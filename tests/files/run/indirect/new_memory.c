// A constructor called through a pointer returns new memory with active contents.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int k = 0 | 1
#include "case.h"
struct pair { REAL a, b; };
typedef struct pair *(*maker)(REAL);
static NOINLINE struct pair *plain(REAL t) {
  struct pair *p = (struct pair *)malloc(sizeof(struct pair));
  p->a = t;
  p->b = t * t;
  return p;
}
static NOINLINE struct pair *waved(REAL t) {
  struct pair *p = (struct pair *)malloc(sizeof(struct pair));
  p->a = sin(t);
  p->b = cos(t);
  return p;
}
struct factory { maker make; };
static NOINLINE REAL use(struct factory *s, REAL x) {
  struct pair *p = s->make(x);
  REAL r = p->a * p->b;
  free(p);
  return r;
}
REAL f(REAL x, int k) {
  struct factory s;
  s.make = k ? waved : plain;
  return use(&s, x) * x;
}
