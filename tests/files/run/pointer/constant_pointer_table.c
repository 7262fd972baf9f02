// A constant table of pointers to memory that changes.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 5
#include "case.h"
static int first[4] = {1, 2, 3, 4}, second[4] = {4, 3, 2, 1};
static int *const tab[2] = {first, second};
REAL f(REAL *a, int n) {
  REAL s = 1;
  first[0] = 1; first[1] = 2; first[2] = 3; first[3] = 0; second[0] = 0; second[1] = 3; second[2] = 2; second[3] = 1;
  for (int i = 0; i < n; i++) {
    int *p = tab[i & 1];
    s = s * (1 + 0.1 * a[p[i & 3]]);
    p[i & 3] = (p[i & 3] + 1) & 7;
    p[(i + 2) & 3] = (p[(i+2) & 3] + 3) & 7;
  }
  return s;
}
