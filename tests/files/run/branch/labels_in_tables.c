// Computed gotos whose tables the host can fold: a label at a fixed place of a constant table, tables of distances
// between labels, labels beside other things in a record, and a table that is searched.
//! ret REAL
//! out REAL x = 0.7
//! dup REAL a[3] = 0.3 -0.4 1.2
//! const int k = 0 | 1 | 2
//! interpreted off it has no computed goto
#include "case.h"

static REAL fixed(REAL x) {
  static const void *const target[] = {&&one, &&two, &&three};
  int turns = 0;
  goto *target[2];
one:
  if (++turns > 3) goto three;
  goto *target[0];
two:
  if (++turns < 4) goto *target[(turns + 1) % 3];
three:
  return x * x;
}

static REAL distances(REAL x, int k) {
  static const long target[] = {0, (const char *)&&two - (const char *)&&one, (const char *)&&three - (const char *)&&one};
  REAL r = x;
  goto *((const char *)&&one + target[k]);
one:
  r = r * x;
two:
  r = sin(r);
three:
  return r * r;
}

struct step {
  const char *name;
  const void *label;
  double scale;
};

static REAL machine(const REAL *a, int k) {
  static const struct step program[] = {
      {"double", &&twice, 2.0}, {"sine", &&sine, 0.5}, {"double", &&twice, 1.5}, {"stop", &&stop, 0.0}};
  REAL r = a[k];
  const struct step *p = program + k;
  goto *p->label;
twice:
  r = r * p->scale + a[0];
  ++p;
  goto *p->label;
sine:
  r = sin(r) * p->scale * a[1];
  ++p;
  goto *p->label;
stop:
  return r + a[2];
}

REAL f(REAL x, REAL *a, int k) { return fixed(x) + distances(x, k) + machine(a, k); }
