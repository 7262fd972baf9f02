// An array of records of mixed kinds, as many as an argument says, is copied in one piece.
//! ret REAL
//! out REAL x = 1.5 | -0.7
//! const int n = 5 | 1 | 0
#include "case.h"
struct record {
  REAL a;
  int id, mark;
  REAL *p;
  REAL c;
};
REAL f(REAL x, int n) {
  struct record *v = (struct record *)malloc((n + 1) * sizeof(*v));
  struct record *w = (struct record *)malloc((n + 1) * sizeof(*w));
  REAL *s = (REAL *)malloc((n + 1) * sizeof(REAL));
  for (int i = 0; i < n; i++) {
    s[i] = x * i;
    v[i].a = x * (i + 1);
    v[i].id = i;
    v[i].mark = i + 2;
    v[i].p = s + i;
    v[i].c = x * x * i;
  }
  memcpy(w, v, n * sizeof(*v));
  REAL r = x;
  for (int i = 0; i < n; i++) r += w[i].a * w[i].c * w[i].id * w[i].mark + *w[i].p * w[i].a;
  free(v);
  free(w);
  free(s);
  return r;
}
