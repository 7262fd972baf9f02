// Gravitating bodies: structs, nested loops, in-place updates.
//! ret REAL
//! dup struct body b[3] { .p[0..2] .v[0..2] .m } = fill
#include "case.h"
struct body { REAL p[2], v[2], m; int id; };
REAL f(struct body *b) {
  for (int step = 0; step < 3; step++) {
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) {
        if (i == j) continue;
        REAL d[2], r2 = 0.1;
        for (int k = 0; k < 2; k++) d[k] = b[j].p[k] - b[i].p[k], r2 += d[k] * d[k];
        REAL w = b[j].m / (r2 * sqrt(r2));
        for (int k = 0; k < 2; k++) b[i].v[k] += 0.01 * w * d[k];
      }
    for (int i = 0; i < 3; i++)
      for (int k = 0; k < 2; k++) b[i].p[k] += 0.01 * b[i].v[k];
  }
  REAL e = 0;
  for (int i = 0; i < 3; i++) e += b[i].m * (b[i].v[0] * b[i].v[0] + b[i].v[1] * b[i].v[1]);
  return e + b[0].p[0];
}
