// A constant table of operations, indexed by data: an interpreter without a switch.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int code[6] = 0 1 2 3 1 0
//! const int n = 6
#include "case.h"
static REAL twice(REAL t) { return 2 * t; }
static REAL square(REAL t) { return t * t; }
static REAL shift(REAL t) { return t - 0.5; }
static REAL wave(REAL t) { return sin(t); }
static REAL (*const ops[])(REAL) = {twice, square, shift, wave};
REAL f(REAL x, const int *code, int n) {
  for (int i = 0; i < n; i++) x = ops[code[i]](x) + 0.1 * x;
  return x;
}
