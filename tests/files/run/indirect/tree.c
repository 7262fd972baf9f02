// A tree is built, folded by recursion and freed.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 7
#include "case.h"
struct node { REAL value; struct node *left, *right; };
static struct node *build(const REAL *a, int lo, int hi) {
  if (lo >= hi) return 0;
  int mid = (lo + hi) / 2;
  struct node *t = (struct node *)malloc(sizeof(struct node));
  t->value = a[mid] * (mid + 1);
  t->left = build(a, lo, mid);
  t->right = build(a, mid + 1, hi);
  return t;
}
static REAL fold(const struct node *t) {
  if (!t) return 1;
  return t->value * t->value + 0.5 * fold(t->left) * fold(t->right);
}
static void release(struct node *t) {
  if (!t) return;
  release(t->left);
  release(t->right);
  free(t);
}
REAL f(const REAL *a, int n) {
  struct node *t = build(a, 0, n);
  REAL s = fold(t);
  release(t);
  return s;
}
