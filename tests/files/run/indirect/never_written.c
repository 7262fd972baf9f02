// A table that is not const but never written, chosen from at run time; and a hook that is never set.
//! ret REAL
//! dup REAL a[4] = 0.3 0.7 -0.4 1.1
//! const int n = 4
#include "case.h"
typedef REAL (*Function)(REAL);
static REAL square(REAL x) { return x * x; }
static REAL wave(REAL x) { return sin(x) + x; }
static REAL half(REAL x) { return x * 0.5; }
static Function table[] = {square, wave, half};
static int chosen[] = {2, 0, 1, 0};
static void (*hook)(const char *, REAL *);
struct Layer {
  Function apply;
  REAL *weights;
  int n;
};
static NOINLINE void prepare(struct Layer *l, REAL *w, int n, int kind) {
  l->apply = table[kind];
  l->weights = w;
  l->n = n;
}
static NOINLINE REAL check(const char *what, REAL *x) {
  if (hook) hook(what, x);
  return *x;
}
REAL f(REAL *a, int n) {
  struct Layer layers[4];
  REAL s = 1;
  for (int k = 0; k < n; k++) prepare(&layers[k], a + k, n - k, chosen[k]);
  for (int k = 0; k < n; k++)
    for (int i = 0; i < layers[k].n; i++)
      s += layers[k].apply(layers[k].weights[i] * check("sum", &s));
  return s;
}
