// What is no alignment gives no memory, and says so.
//! ret REAL
//! dup REAL a[4] = fill
//! const int align = 24 | 4 | 16
#include "case.h"
REAL f(const REAL *a, int align) {
  REAL local[4], *t = local;
  void *p = 0;
  int error = posix_memalign(&p, align, 4 * sizeof(REAL));
  if (!error) t = (REAL *)p;
  for (int i = 0; i < 4; i++) t[i] = a[i] * a[i];
  REAL s = error == 22 ? a[0] : a[1] * a[1];
  for (int i = 0; i < 4; i++) s += t[i] * t[(i + 1) % 4];
  free(p);
  return s;
}
