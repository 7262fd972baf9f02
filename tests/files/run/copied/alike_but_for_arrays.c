// Two records that look alike where arrays are bytes: one has numbers there, the other addresses and counts.
//! ret REAL
//! dup REAL x[3] = fill
#include "case.h"
typedef struct { REAL u; int k; REAL v[2]; } numbers;
typedef struct { REAL u; int k; const REAL *v[2]; } addresses;
static NOINLINE void copy(numbers *to, const numbers *from) { *to = *from; }
static NOINLINE void link(addresses *to, const addresses *from) { *to = *from; }
REAL f(const REAL *x) {
  numbers a, b;
  addresses p, q;
  a.u = x[0] * x[1], a.k = 1, a.v[0] = x[1] * x[2], a.v[1] = x[2];
  p.u = x[2] * x[2], p.k = 0, p.v[0] = x, p.v[1] = x + 1;
  copy(&b, &a);
  link(&q, &p);
  return b.u * b.v[b.k] + b.v[0] * *q.v[q.k] + q.u * *q.v[1];
}
