// Memory delivered through a pointer argument, of a size that is no multiple of the alignment.
//! ret REAL
//! sanitized
//! dup REAL a[4] = fill
//! const int n = 4 | 3
#include "case.h"
REAL f(const REAL *a, int n) {
  void *p = 0;
  if (posix_memalign(&p, 64, n * sizeof(REAL))) return 0;
  REAL *t = (REAL *)p;
  for (int i = 0; i < n; i++) t[i] = a[i] * a[i];
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i] * t[(i + 1) % n];
  free(p);
  return s;
}
