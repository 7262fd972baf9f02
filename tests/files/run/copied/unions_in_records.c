// A union beside numbers: what it holds is for the one who reads it.
//! ret REAL
//! dup REAL x[3] = fill
#include "case.h"
struct cell { int kind; union { REAL r[2]; long n[2]; } u; REAL w; };
static NOINLINE void move(struct cell *to, const struct cell *from) { *to = *from; }
REAL f(const REAL *x) {
  struct cell a[3], b[3];
  for (int i = 0; i < 3; i++) {
    a[i].kind = 0, a[i].w = x[i];
    a[i].u.r[0] = x[i] * x[i], a[i].u.r[1] = 2 * x[i];
    move(&b[i], &a[i]);
  }
  REAL s = 0;
  for (int i = 0; i < 3; i++) s += b[i].u.r[0] * b[(i + 1) % 3].u.r[1] + b[i].w;
  return s;
}
