// A few steps of an iterative solver with several vectors.
//! ret REAL
//! dup REAL d[4] = 3 4 5 6
//! dup REAL b[4] = fill
#include "case.h"
NOINLINE static void apply(const REAL *d, const REAL *p, REAL *q) {
  for (int i = 0; i < 4; i++) q[i] = d[i] * p[i] + (i ? p[i - 1] : (REAL)0.0) + (i < 3 ? p[i + 1] : (REAL)0.0);
}
REAL f(const REAL *d, const REAL *b) {
  REAL x[4], r[4], p[4], q[4], rr = 0;
  for (int i = 0; i < 4; i++) x[i] = 0, r[i] = p[i] = b[i], rr += b[i] * b[i];
  for (int t = 0; t < 3; t++) {
    apply(d, p, q);
    REAL pq = 0, next = 0;
    for (int i = 0; i < 4; i++) pq += p[i] * q[i];
    REAL alpha = rr / pq;
    for (int i = 0; i < 4; i++) x[i] += alpha * p[i], r[i] -= alpha * q[i], next += r[i] * r[i];
    REAL beta = next / rr;
    rr = next;
    for (int i = 0; i < 4; i++) p[i] = r[i] + beta * p[i];
  }
  return x[0] * x[1] + x[3];
}
