// Functions that are called through pointers return a number beside a pointer.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! dup REAL a[4] = 1 2 3 4 | 4 3 2 1
//! const int n = 3 | 2
#include "case.h"
struct place { REAL size, *at; };
struct count { REAL sum; const REAL *end; };
struct kind { struct place (*find)(REAL *, REAL); struct count (*add)(const REAL *, int); };
static struct place first(REAL *a, REAL x) { return (struct place){x * a[1], a}; }
static struct place second(REAL *a, REAL x) {
  a[3] *= x;
  return (struct place){sin(x) * a[0], a + 1};
}
static struct count squares(const REAL *a, int n) {
  struct count c = {0, a};
  for (int i = 0; i < n; i++) c.sum += a[i] * a[i];
  c.end = a + n;
  return c;
}
static struct count cubes(const REAL *a, int n) { return (struct count){a[0] * a[1] * a[n], a + 1}; }
static const struct kind kinds[2] = {{first, squares}, {second, cubes}};
NOINLINE static REAL run(const struct kind *k, REAL *a, int n, REAL x) {
  struct place p = k->find(a, x);
  *p.at += p.size;
  struct count c = k->add(a, n);
  return c.sum * *c.end + p.size;
}
REAL f(REAL x, REAL *a, int n) {
  struct kind here[2];
  for (int i = 0; i < 2; i++) here[i] = kinds[(i + n) % 2];
  return run(&here[0], a, n, x) + run(&here[1], a, n, x * 0.5);
}
