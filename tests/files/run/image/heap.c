// A priority queue of records whose key is the bytes of a number.
//! ret REAL
//! out REAL x = 1.25 | 0.75
//! dup REAL a[6] = 0.5 1.25 2.5 0.75 3.25 1.5 | fill(0.25, 2)
//! refuse RZ0012 O2-fno-strict-aliasing
#include "case.h"
struct entry { WORD key; int id; };
NOINLINE static void push(struct entry *h, int *n, struct entry v) {
  int i = (*n)++;
  while (i > 0 && h[(i - 1) / 2].key > v.key) {
    h[i] = h[(i - 1) / 2];
    i = (i - 1) / 2;
  }
  h[i] = v;
}
NOINLINE static struct entry pop(struct entry *h, int *n) {
  struct entry r = h[0], v = h[--*n];
  int i = 0;
  for (;;) {
    int c = 2 * i + 1;
    if (c >= *n) break;
    if (c + 1 < *n && h[c + 1].key < h[c].key) c++;
    if (!(h[c].key < v.key)) break;
    h[i] = h[c];
    i = c;
  }
  h[i] = v;
  return r;
}
REAL f(REAL x, REAL *a) {
  struct entry h[6];
  int n = 0;
  for (int i = 0; i < 6; i++) {
    REAL v = x * a[i];
    struct entry t;
    memcpy((void *)&t.key, &v, sizeof v);
    t.id = i;
    push(h, &n, t);
  }
  REAL r = 0;
  for (int i = 0; i < 6; i++) {
    struct entry t = pop(h, &n);
    REAL v;
    memcpy((void *)&v, &t.key, sizeof v);
    r += v * (i + 1) + t.id;
  }
  return r;
}
