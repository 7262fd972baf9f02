// Three functions that call one another, with results through pointers and by value.
//! ret REAL
//! dup REAL a[4] = fill
//! const int depth = 5 | 0
#include "case.h"
static REAL one(const REAL *a, int d);
static void two(const REAL *a, int d, REAL *out);
static NOINLINE REAL three(const REAL *a, int d, REAL scale) { return d ? scale * one(a, d - 1) + a[3] : scale; }
static NOINLINE void two(const REAL *a, int d, REAL *out) {
  *out = a[1];
  if (d) *out *= three(a, d - 1, *out + a[2]);
}
static NOINLINE REAL one(const REAL *a, int d) {
  REAL r;
  if (d == 0) return a[0];
  two(a, d - 1, &r);
  return r * a[0] + three(a, d - 1, a[2]);
}
REAL f(const REAL *a, int depth) { return one(a, depth); }
