// Truncated power series as structs: products, quotients and exponentials by recurrences.
//! ret REAL
//! out REAL x = 0.4
//! out REAL a = 1.3
#include "case.h"
enum { N = 5 };
struct series { REAL c[N]; };
static struct series times(const struct series *a, const struct series *b) {
  struct series r;
  for (int n = 0; n < N; n++) {
    r.c[n] = 0;
    for (int k = 0; k <= n; k++) r.c[n] += a->c[k] * b->c[n - k];
  }
  return r;
}
static struct series exponential(const struct series *a) {
  struct series r;
  r.c[0] = exp(a->c[0]);
  for (int n = 1; n < N; n++) {
    r.c[n] = 0;
    for (int k = 1; k <= n; k++) r.c[n] += k * a->c[k] * r.c[n - k] / n;
  }
  return r;
}
static struct series over(const struct series *a, const struct series *b) {
  struct series r;
  for (int n = 0; n < N; n++) {
    r.c[n] = a->c[n];
    for (int k = 1; k <= n; k++) r.c[n] -= b->c[k] * r.c[n - k];
    r.c[n] /= b->c[0];
  }
  return r;
}
REAL f(REAL x, REAL a) {
  struct series t = {{x, 1, 0, 0, 0}}, s = {{a, x, 0.5, 0, 0}}, p = times(&t, &s), e = exponential(&p), q = over(&e, &s), r = times(&q, &q);
  return r.c[0] + r.c[1] * r.c[4] + r.c[3];
}
