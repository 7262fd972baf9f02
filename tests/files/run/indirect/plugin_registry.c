// Functions register themselves under a number; later they are called in the order of their priorities.
//! ret REAL
//! out REAL x = 0.8
#include "case.h"
typedef REAL (*stage)(REAL, int);
struct registry { stage stages[4]; int priority[4]; int n; };
static void enter(struct registry *r, stage s, int priority) {
  int i = r->n++;
  for (; i > 0 && r->priority[i - 1] > priority; i--) r->stages[i] = r->stages[i - 1], r->priority[i] = r->priority[i - 1];
  r->stages[i] = s, r->priority[i] = priority;
}
static REAL widen(REAL x, int k) { return x * (1 + 0.1 * k); }
static REAL squash(REAL x, int k) { return tanh(x) + k; }
static REAL bend(REAL x, int k) { return x * x - 0.5 * k * x; }
REAL f(REAL x) {
  struct registry r;
  r.n = 0;
  enter(&r, bend, 5), enter(&r, widen, 1), enter(&r, squash, 3), enter(&r, widen, 4);
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < r.n; i++) x = r.stages[i](x, round + i);
  return x;
}
