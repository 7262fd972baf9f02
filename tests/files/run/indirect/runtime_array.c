// Function pointers written to an array while the program runs.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int n = 5
#include "case.h"
typedef REAL (*unary)(REAL);
static REAL square(REAL t) { return t * t * 0.5; }
static REAL up(REAL t) { return t + 0.25; }
static NOINLINE void fill(unary *ops, int n) {
  for (int i = 0; i < n; i++) ops[i] = i % 2 ? up : square;
}
static NOINLINE REAL run(unary *ops, int n, REAL x) {
  for (int i = 0; i < n; i++) x = ops[i](x);
  return x;
}
REAL f(REAL x, int n) {
  unary *ops = (unary *)malloc(n * sizeof(unary));
  fill(ops, n);
  x = run(ops, n, x);
  free(ops);
  return x;
}
