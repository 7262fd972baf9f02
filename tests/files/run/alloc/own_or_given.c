// A function works in the buffer its caller may have given, or in one of its own.
//! ret REAL
//! dup REAL a[4] = fill
//! const int n = 4 | 2
#include "case.h"
struct workspace {
  REAL *buffer;
  int rows;
};
static REAL __attribute__((noinline)) packed(const REAL *a, int n, struct workspace *w) {
  REAL *p = w->buffer ? w->buffer : (REAL *)malloc(n * sizeof(REAL));
  for (int i = 0; i < n; i++) p[i] = a[n - 1 - i] * a[i];
  REAL s = 0;
  for (int i = 0; i < n; i++) s += p[i] * p[i] * (i + w->rows);
  if (!w->buffer) free(p);
  return s;
}
REAL f(const REAL *a, int n) {
  struct workspace w;
  w.buffer = 0;
  w.rows = n;
  return packed(a, n, &w);
}
