// A stack machine on the heap.
//! ret REAL
//! out REAL x = 0.7
//! const int n = 5
#include "case.h"
struct stack { REAL *data; int top, cap; };
NOINLINE static void push(struct stack *s, REAL v) {
  if (s->top == s->cap) {
    s->cap = s->cap * 2;
    s->data = (REAL *)realloc((void *)s->data, s->cap * sizeof(REAL));
  }
  s->data[s->top++] = v;
}
NOINLINE static REAL pop(struct stack *s) { return s->data[--s->top]; }
REAL f(REAL x, int n) {
  struct stack s = {(REAL *)malloc(2 * sizeof(REAL)), 0, 2};
  for (int i = 0; i < n; i++) push(&s, x * (i + 1));
  while (s.top > 1) {
    REAL a = pop(&s), b = pop(&s);
    push(&s, sin(a) * b);
  }
  REAL r = pop(&s);
  free(s.data);
  return r;
}
