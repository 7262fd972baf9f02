// A search tree whose children are an array that is indexed by a comparison; behind the two links are a key, a count
// and numbers, which a third child would overlap.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 7 | 3
#include "case.h"
struct node { struct node *child[2]; int key; long count; REAL value, weight; };
struct tree { struct node *root; int size; };
__attribute__((noinline)) static struct node *find(struct tree *t, int key) {
  struct node *at = t->root;
  while (at && at->key != key) at = at->child[key > at->key];
  return at;
}
__attribute__((noinline)) static struct node *insert(struct tree *t, int key) {
  struct node **link = &t->root;
  while (*link) {
    (*link)->count++;
    link = &(*link)->child[key > (*link)->key];
  }
  struct node *fresh = (struct node *)malloc(sizeof(struct node));
  fresh->child[0] = fresh->child[1] = 0;
  fresh->key = key;
  fresh->count = 1;
  fresh->value = 0;
  *link = fresh;
  t->size++;
  return fresh;
}
static REAL sum(struct node *at) {
  return at ? at->value * at->weight * at->count + sum(at->child[0]) * sum(at->child[1]) + at->key : (REAL)1;
}
static void drop(struct node *at) {
  if (!at) return;
  drop(at->child[0]);
  drop(at->child[1]);
  free(at);
}
REAL f(REAL *a, int n) {
  struct tree t = {0, 0};
  for (int i = 0; i < n; i++) {
    int key = i * 5 % 7;
    struct node *at = find(&t, key / 2);
    if (!at) at = insert(&t, key / 2);
    at->value += a[i] * a[(i + 3) % n];
    at->weight = a[i] + i;
  }
  REAL total = sum(t.root) * t.size;
  drop(t.root);
  return total;
}
