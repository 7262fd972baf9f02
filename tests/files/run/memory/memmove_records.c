// Overlapping moves of records, up and down.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 3 | 2
#include "case.h"
struct record {
  REAL a;
  int id, mark;
  REAL b;
};
REAL f(const REAL *a, int n) {
  struct record *v = (struct record *)malloc(8 * sizeof(*v));
  for (int i = 0; i < 8; i++) {
    v[i].a = a[i % 6];
    v[i].id = i;
    v[i].mark = i + 2;
    v[i].b = a[i % 5] * a[0];
  }
  memmove(v + 2, v, (n + 1) * sizeof(*v));
  v[3].a *= a[1];
  memmove(v + 1, v + 3, n * sizeof(*v));
  REAL r = 0;
  for (int i = 0; i < 8; i++) r += v[i].a * v[i].b * (v[i].id + v[i].mark);
  free(v);
  return r;
}
