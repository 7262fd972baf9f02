/* Types and small helpers that random programs use, in the common subset of case.h. */
#ifndef RZ_CASE_RANDOM_H
#define RZ_CASE_RANDOM_H
#include "case_complex.h"
#include <stdarg.h>

/* A number that has no derivative because somebody says so. Differences of derivatives would see one. */
#ifdef RZ_NESTED
#define STEADY(x) floor(VALUE(x))
#else
#define STEADY(x) VALUE(x)
#endif

#define QUIET __attribute__((unused)) static

struct pair { REAL u; int k; REALF w; REAL v[3]; };
struct node { REAL v; struct node *next; int k; REAL w[2]; };
struct op { REAL (*f)(REAL, REAL); REAL v; };
struct view { REAL *p, *q; struct view *next; };
struct box { struct pair one, some[2]; REAL *p; int n; REAL (*g)(void *, REAL); struct box *up; };
/* What it holds, its letter says. */
struct part { char tag; short k; union { REAL r; REAL two[2]; struct { REAL w, z; } in; } as; REAL scale; };
struct three { REAL v[3]; };
struct layers { REALL l; int k; REAL r; REALL m[2]; };
struct lanes { REAL4 p; int id; REAL m; };

QUIET int rz_order_of(const void *p, const void *q) {
  return (*(const REAL *)p > *(const REAL *)q) - (*(const REAL *)p < *(const REAL *)q);
}
QUIET int rz_order_of_parts(const void *p, const void *q) {
  const struct part *s = (const struct part *)p, *t = (const struct part *)q;
  return s->tag != t->tag ? s->tag - t->tag : (s->scale > t->scale) - (s->scale < t->scale);
}

#ifdef RZ_DUAL
#define VOLATILE
QUIET void rz_add(REAL *p, REAL v) { *p += v; }
QUIET int rz_same_bytes(const REAL *p, const REAL *q, int n) {
  for (int i = 0; i < n; i++)
    if (VALUE(p[i]) != VALUE(q[i])) return 0;
  return 1;
}
#else
#define VOLATILE volatile
QUIET void rz_add(REAL *p, REAL v) { __atomic_fetch_add(p, v, __ATOMIC_RELAXED); }
QUIET int rz_same_bytes(const REAL *p, const REAL *q, int n) { return memcmp(p, q, n * sizeof *p) == 0; }
/* What registered rules give back. */
struct rz_two { REAL a, b; };
struct rz_taped { struct three tape; REAL p; };
#endif
#endif
