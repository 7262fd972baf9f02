// A header and its data in one allocation.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
struct vec { int n; REAL data[]; };
REAL f(const REAL *a) {
  struct vec *v = (struct vec *)malloc(sizeof(struct vec) + 4 * sizeof(REAL));
  v->n = 4;
  for (int i = 0; i < v->n; i++) v->data[i] = a[i] * a[3 - i];
  REAL s = 0;
  for (int i = 0; i < v->n; i++) s += v->data[i] * a[i];
  free(v);
  return s;
}
