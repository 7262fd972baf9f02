// An array of structs of arrays: blocks of four particles, each member contiguous, with a tail.
//! ret REAL
//! dup REAL x[10] = fill
//! dup REAL v[10] = fill(-1, 1)
#include "case.h"
struct block { REAL x[4], v[4]; int live; };
REAL f(const REAL *x, const REAL *v) {
  struct block b[3];
  REAL e = 0;
  for (int i = 0; i < 12; i++) {
    b[i / 4].x[i % 4] = i < 10 ? x[i] : 0 * x[0];
    b[i / 4].v[i % 4] = i < 10 ? v[i] : 0 * v[0];
  }
  for (int k = 0; k < 3; k++) b[k].live = k < 2 ? 4 : 2;
  for (int t = 0; t < 3; t++)
    for (int k = 0; k < 3; k++)
      for (int i = 0; i < b[k].live; i++) {
        b[k].v[i] -= 0.1 * b[k].x[i] * b[(k + 1) % 3].x[i % 2];
        b[k].x[i] += 0.1 * b[k].v[i];
      }
  for (int k = 0; k < 3; k++)
    for (int i = 0; i < b[k].live; i++) e += b[k].x[i] * b[k].v[i] * (k + 1);
  return e;
}
