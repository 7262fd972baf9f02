// A binary search tree keyed by active numbers: insertion by pointer to pointer, sums in order.
//! ret REAL
//! dup REAL a[8] = fill(-1, 1)
#include "case.h"
struct node { REAL key, sum; struct node *child[2]; };
static NOINLINE REAL in_order(struct node *n, REAL before) {
  if (!n) return before;
  REAL left = in_order(n->child[0], before);
  n->sum = left * 0.9 + n->key;
  return in_order(n->child[1], n->sum);
}
static void release(struct node *n) {
  if (!n) return;
  release(n->child[0]), release(n->child[1]);
  free(n);
}
REAL f(const REAL *a) {
  struct node *root = NULL;
  for (int i = 0; i < 8; i++) {
    struct node **at = &root;
    while (*at) at = &(*at)->child[a[i] > (*at)->key];
    *at = (struct node *)calloc(1, sizeof(struct node));
    (*at)->key = a[i];
  }
  REAL r = in_order(root, 0) * root->sum;
  release(root);
  return r;
}
