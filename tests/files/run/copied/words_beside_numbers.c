// Words of a record hold the bits of numbers: alone, and in an array.
//! ret REAL
//! dup REAL x[3] = fill
#include "case.h"
struct cell { REAL r; WORD w, more[2]; int n; };
static NOINLINE void move(struct cell *to, const struct cell *from) { *to = *from; }
REAL f(const REAL *x) {
  struct cell a[3], b[3];
  for (int i = 0; i < 3; i++) {
    REAL y = x[i] * x[i], z = 3 * x[i];
    a[i].r = x[i], a[i].n = i;
    memcpy((void *)&a[i].w, &y, sizeof y);
    memcpy((void *)&a[i].more[0], &z, sizeof z);
    memcpy((void *)&a[i].more[1], &y, sizeof y);
  }
  for (int i = 0; i < 3; i++) move(&b[i], &a[2 - i]);
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    REAL y, z, u;
    memcpy((void *)&y, &b[i].w, sizeof y);
    memcpy((void *)&z, &b[i].more[0], sizeof z);
    memcpy((void *)&u, &b[i].more[1], sizeof u);
    s += y * z * (b[i].n + 1) + u * b[i].r;
  }
  return s;
}
