// A visitor with functions for each kind of node of an expression tree, results through its own stack.
//! second refuse RZ0027 fr rr
//! ret REAL
//! dup REAL leaf[4] = fill
#include "case.h"
struct node { int kind; const struct node *left, *right; const REAL *leaf; };
struct visitor { void (*number)(struct visitor *, const REAL *); void (*operation)(struct visitor *, int); REAL stack[8]; int top; };
static void push(struct visitor *v, const REAL *x) { v->stack[v->top++] = *x; }
static void apply(struct visitor *v, int kind) {
  REAL b = v->stack[--v->top], a = v->stack[--v->top];
  v->stack[v->top++] = kind == 1 ? a + b : kind == 2 ? a * b : pow(a, b);
}
static NOINLINE void visit(const struct node *n, struct visitor *v) {
  if (n->kind == 0) {
    v->number(v, n->leaf);
    return;
  }
  visit(n->left, v);
  visit(n->right, v);
  v->operation(v, n->kind);
}
REAL f(const REAL *leaf) {
  struct node n[7];
  for (int i = 0; i < 4; i++) n[i].kind = 0, n[i].left = n[i].right = NULL, n[i].leaf = leaf + i;
  for (int i = 4; i < 7; i++) n[i].kind = i - 3, n[i].left = &n[2 * (i - 4)], n[i].right = &n[2 * (i - 4) + 1], n[i].leaf = NULL;
  struct visitor v;
  v.number = push, v.operation = apply, v.top = 0;
  visit(&n[6], &v);
  return v.stack[0];
}
