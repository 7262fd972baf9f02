// Records of numbers, integers and pointers are copied, as many as are asked for.
//! ret REAL
//! dup REAL a[6] = fill
//! const REAL b[6] = 1.5 2.5 -0.5 0.25 3.0 -1.0
//! const int n = 3
//! const int k = 0 | 1
#include "case.h"
struct item {
  REAL value;
  const REAL *where;
  long id;
};
NOINLINE static void fill(struct item *to, const REAL *from, int n) {
  for (int i = 0; i < n; i++) {
    to[i].value = from[i] * from[i];
    to[i].where = from + i + 1;
    to[i].id = i;
  }
}
REAL f(const REAL *a, const REAL *b, int n, int k) {
  struct item *list = (struct item *)malloc(n * sizeof(struct item));
  struct item *copy = (struct item *)malloc(n * sizeof(struct item));
  fill(list, k ? a : b, n);
  memcpy(copy, list, n * sizeof(struct item));
  list[1].value *= a[5];
  list[0].where = a + 2;
  REAL s = 0.0;
  for (int i = 0; i < n; i++) s += copy[i].value * list[i].where[0] + list[i].value * copy[i].where[1];
  free(copy);
  free(list);
  return s;
}
