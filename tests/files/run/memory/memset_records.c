// An array of records is zeroed again, as many as an argument says.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 2 | 5 | 0
#include "case.h"
struct record {
  REAL a;
  int id, mark;
  REAL *p;
};
REAL f(REAL *a, int n) {
  struct record *v = (struct record *)malloc(5 * sizeof(*v));
  REAL r = 0;
  for (int i = 0; i < 5; i++) {
    v[i].a = a[i] * a[i];
    v[i].id = i;
    v[i].mark = i + 2;
    v[i].p = a + i;
    r += v[i].a * *v[i].p;
  }
  for (int i = 0; i < n; i++) v[i].a = 0;
#ifndef __cplusplus
  memset(v, 0, n * sizeof(*v));
#else
  for (int i = 0; i < n; i++) v[i].id = v[i].mark = 0, v[i].p = 0;
#endif
  for (int i = 0; i < 5; i++) r += v[i].a * (v[i].p ? *v[i].p : a[0]) * (v[i].id + v[i].mark);
  free(v);
  return r;
}
