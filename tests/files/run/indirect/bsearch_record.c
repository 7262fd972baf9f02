// What bsearch finds is used with its derivative; a miss is null.
//! ret REAL
//! dup REAL a[5] = 1 2 3 4 5
//! out REAL x = 3 | 9
//! const int n = 5
#include "case.h"
static int compare(const void *p, const void *q) {
  REAL a = *(const REAL *)p, b = *(const REAL *)q;
  return (a > b + 0.5) - (a < b - 0.5);
}
REAL f(REAL *a, REAL x, int n) {
  REAL key = 4;
  REAL *found = (REAL *)bsearch(&key, a, n, sizeof(REAL), compare);
  key = 7;
  REAL *missing = (REAL *)bsearch(&key, a, n, sizeof(REAL), compare);
  *found *= x;
  return *found * (missing ? *missing : x);
}
