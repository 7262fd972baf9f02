// A struct of five doubles travels in memory, both ways.
//! ret REAL
//! dup REAL a[5] = fill
#include "case.h"
struct big { REAL v[5]; };
NOINLINE static struct big scale(struct big b, REAL k) {
  struct big r;
  for (int i = 0; i < 5; i++) r.v[i] = b.v[i] * k + b.v[4 - i];
  return r;
}
REAL f(const REAL *a) {
  struct big b;
  for (int i = 0; i < 5; i++) b.v[i] = a[i];
  b = scale(scale(b, a[0]), b.v[1]);
  return b.v[0] * b.v[2] + b.v[4];
}
