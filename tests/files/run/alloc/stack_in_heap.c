// A traversal with its own stack of frames on the heap instead of recursion.
//! ret REAL
//! dup REAL leaf[8] = fill
//! const int n = 8
#include "case.h"
struct frame { int lo, hi, state; REAL left; };
REAL f(const REAL *leaf, int n) {
  struct frame *stack = (struct frame *)malloc(2 * n * sizeof *stack);
  int top = 0;
  REAL result = 0;
  stack[top].lo = 0, stack[top].hi = n, stack[top].state = 0;
  while (top >= 0) {
    struct frame *t = &stack[top];
    if (t->hi - t->lo == 1) {
      result = leaf[t->lo];
      top--;
      continue;
    }
    int mid = (t->lo + t->hi) / 2;
    if (t->state == 0) {
      t->state = 1;
      stack[++top] = (struct frame){t->lo, mid, 0, 0};
    } else if (t->state == 1) {
      t->left = result;
      t->state = 2;
      stack[++top] = (struct frame){mid, t->hi, 0, 0};
    } else {
      result = t->left * result + t->left;
      top--;
    }
  }
  free(stack);
  return result;
}
