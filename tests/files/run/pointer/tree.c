// A binary tree walked by recursion.
//! ret REAL
//! dup struct tree t[5] { .v } = fill
//! link @->t[0].left = &@->t[1]
//! link @->t[0].right = &@->t[2]
//! link @->t[1].right = &@->t[3]
//! link @->t[2].left = &@->t[4]
#include "case.h"
struct tree { struct tree *left, *right; REAL v; };
NOINLINE static REAL walk(const struct tree *t) {
  if (!t) return 1.0;
  return t->v * walk(t->left) + walk(t->right) * t->v * t->v;
}
REAL f(const struct tree *t) { return walk(t); }
