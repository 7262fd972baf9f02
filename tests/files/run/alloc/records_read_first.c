// Sums in records with pointers start from what calloc left: a second run must not see the first one's.
//! ret REAL
//! dup REAL a[4] = fill
//! out REAL x = 1.5
//! const int n = 4 | 3
#include "case.h"
struct item {
  const REAL *from;
  REAL sum;
  long steps;
};
NOINLINE static void add(struct item *list, REAL x, int n) {
  for (int r = 0; r < 2 * n; r++) {
    struct item *p = &list[r % n];
    p->sum = p->sum * x + *p->from;
    p->steps++;
  }
}
REAL f(const REAL *a, REAL x, int n) {
  struct item *heap = (struct item *)calloc(n, sizeof(struct item));
  struct item *one = (struct item *)calloc(1, sizeof(struct item));
  for (int i = 0; i < n; i++) heap[i].from = &a[i];
  one->from = a + 1;
  add(heap, x, n);
  add(one, x * x, 1);
  REAL s = one->sum;
  for (int i = 0; i < n; i++) s += heap[i].sum * heap[i].sum * heap[i].steps;
  free(one);
  free(heap);
  return s;
}
