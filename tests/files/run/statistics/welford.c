// Running mean, variance, skewness and kurtosis in one pass; two halves are merged.
//! ret REAL
//! dup REAL x[10] = fill(-1, 2)
#include "case.h"
struct moments { long n; REAL mean, m2, m3, m4; };
static void push(struct moments *m, REAL x) {
  long n1 = m->n++;
  REAL delta = x - m->mean, dn = delta / m->n, dn2 = dn * dn, term = delta * dn * n1;
  m->mean += dn;
  m->m4 += term * dn2 * (m->n * m->n - 3 * m->n + 3) + 6 * dn2 * m->m2 - 4 * dn * m->m3;
  m->m3 += term * dn * (m->n - 2) - 3 * dn * m->m2;
  m->m2 += term;
}
static struct moments merge(struct moments a, struct moments b) {
  struct moments c;
  c.n = a.n + b.n;
  REAL d = b.mean - a.mean;
  c.mean = (a.n * a.mean + b.n * b.mean) / c.n;
  c.m2 = a.m2 + b.m2 + d * d * a.n * b.n / c.n;
  c.m3 = a.m3 + b.m3 + d * d * d * a.n * b.n * (a.n - b.n) / (c.n * c.n);
  c.m4 = a.m4 + b.m4;
  return c;
}
REAL f(const REAL *x) {
  struct moments a = {0, 0, 0, 0, 0}, b = a;
  for (int i = 0; i < 10; i++) push(i < 4 ? &a : &b, x[i]);
  struct moments c = merge(a, b);
  return c.mean * sqrt(c.m2) + c.m3 / pow(c.m2, 1.5) + c.m4 * 0.1;
}
