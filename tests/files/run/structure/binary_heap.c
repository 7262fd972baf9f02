// A priority queue of records by an active key: sift up, sift down, cumulative results.
//! ret REAL
//! dup REAL key[8] = fill
#include "case.h"
struct entry { REAL key; REAL weight; };
struct heap { struct entry e[8]; int n; };
static void swap(struct entry *a, struct entry *b) { struct entry t = *a; *a = *b; *b = t; }
static void push(struct heap *h, REAL key, REAL weight) {
  int i = h->n++;
  h->e[i].key = key, h->e[i].weight = weight;
  for (; i && h->e[i].key < h->e[(i - 1) / 2].key; i = (i - 1) / 2) swap(&h->e[i], &h->e[(i - 1) / 2]);
}
static struct entry pop(struct heap *h) {
  struct entry top = h->e[0];
  h->e[0] = h->e[--h->n];
  for (int i = 0, c; (c = 2 * i + 1) < h->n; i = c) {
    if (c + 1 < h->n && h->e[c + 1].key < h->e[c].key) c++;
    if (!(h->e[c].key < h->e[i].key)) break;
    swap(&h->e[i], &h->e[c]);
  }
  return top;
}
REAL f(const REAL *key) {
  struct heap h;
  REAL cost = 0;
  h.n = 0;
  for (int i = 0; i < 8; i++) push(&h, key[i], key[(i + 3) % 8]);
  while (h.n > 1) {
    struct entry a = pop(&h), b = pop(&h);
    cost += a.key + b.key;
    push(&h, a.key + b.key, a.weight * b.weight);
  }
  return cost * h.e[0].weight;
}
