// Left or right: the address of a link is one of two, and beyond it there are integers and numbers.
//! ret REAL
//! out REAL x = 1.25
//! dup REAL a[5] = fill
#include "case.h"
struct tree { int color; struct tree *parent, *left, *right; long key; REAL value; };
static struct tree *leftmost(struct tree *t) {
  while (t->left) t = t->left;
  return t;
}
static struct tree *next(struct tree *t) {
  if (t->right) return leftmost(t->right);
  struct tree *up = t->parent;
  while (up && t == up->right) t = up, up = up->parent;
  return up;
}
REAL f(REAL x, REAL *a) {
  struct tree head = {0, 0, 0, 0, 0, x};
  for (int i = 0; i < 5; i++) {
    long key = i * 3 % 5 - 2;
    struct tree *at = &head, **link;
    for (;;) {
      link = key < at->key ? &at->left : &at->right;
      if (!*link) break;
      at = *link;
    }
    struct tree *fresh = (struct tree *)malloc(sizeof *fresh);
    fresh->color = 1;
    fresh->parent = at;
    fresh->left = fresh->right = 0;
    fresh->key = key;
    fresh->value = a[i] * x;
    *link = fresh;
  }
  REAL sum = 0, weight = 1;
  for (struct tree *t = leftmost(&head); t; t = next(t)) {
    sum += weight * t->value * t->value * (t->key + t->color + 3);
    weight += x;
  }
  struct tree *t = leftmost(&head);
  while (t) {
    struct tree *after = next(t);
    if (t != &head && !t->right && !t->left) {
      *(t->parent->left == t ? &t->parent->left : &t->parent->right) = 0;
      free(t);
      after = leftmost(&head);
      if (after == &head && !head.right) break;
    }
    t = after;
  }
  return sum;
}
