// A record is shared until somebody changes it: then it is copied, and both are used.
//! ret REAL
//! dup REAL a[3] = fill
#include "case.h"
struct shared { int owners; REAL v[3]; };
static struct shared *make(const REAL *a) {
  struct shared *s = (struct shared *)malloc(sizeof *s);
  s->owners = 1;
  memcpy(s->v, a, sizeof s->v);
  return s;
}
static struct shared *share(struct shared *s) { s->owners++; return s; }
static struct shared *own(struct shared *s) {
  if (s->owners == 1) return s;
  s->owners--;
  return make(s->v);
}
static void drop(struct shared *s) { if (--s->owners == 0) free(s); }
REAL f(const REAL *a) {
  struct shared *x = make(a), *y = share(x), *z = share(x);
  y = own(y);
  y->v[0] *= y->v[1];
  z = own(z);
  z->v[2] = z->v[0] + y->v[0];
  x = own(x);
  x->v[1] -= z->v[2];
  REAL r = x->v[0] * x->v[1] + y->v[0] * y->v[2] + z->v[2] * z->v[1];
  drop(x), drop(y), drop(z);
  return r;
}
