// Buffers behind pointers of a record, one of an array of such pointers, that are also copied.
//! ret REAL
//! out REAL h = 0.125 | 0.25
//! dup REAL p[4] = 1.5 1 3 1 | fill(0.5, 1.5)
//! const int n = 2
#include "case.h"
struct solver { REAL t; REAL *y; REAL *k[3]; REAL *tmp; int n; };
static void lotka(const REAL *y, REAL *dy, const REAL *p) {
  dy[0] = p[0] * y[0] - p[1] * y[0] * y[1];
  dy[1] = y[0] * y[1] * p[3] - p[2] * y[1];
}
REAL f(REAL h, REAL *p, int n) {
  struct solver s;
  s.n = n;
  s.y = (REAL *)calloc(n, sizeof(REAL));
  s.tmp = (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < 3; i++) s.k[i] = (REAL *)malloc(n * sizeof(REAL));
  s.y[0] = 1;
  s.y[1] = 1;
  s.t = 0;
  for (int step = 0; step < 4; step++) {
    memcpy((void *)s.tmp, s.y, s.n * sizeof(REAL));
    for (int st = 0; st < 3; st++) {
      lotka(s.tmp, s.k[st], p);
      for (int i = 0; i < s.n; i++) s.tmp[i] = s.y[i] + h * s.k[st][i] / (3 - st);
    }
    memcpy((void *)s.y, s.tmp, s.n * sizeof(REAL));
    s.t += h;
  }
  REAL r = s.y[0] * 2 + s.y[1];
  for (int i = 0; i < 3; i++) free((void *)s.k[i]);
  free((void *)s.tmp);
  free((void *)s.y);
  return r;
}
