// A function that returns functions.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int n = 5
#include "case.h"
typedef REAL (*unary)(REAL);
static REAL square(REAL t) { return t * t * 0.5; }
static REAL up(REAL t) { return t + 0.25; }
static REAL wave(REAL t) { return cos(t); }
static NOINLINE unary pick(int i) { return i % 3 == 0 ? square : i % 3 == 1 ? up : wave; }
REAL f(REAL x, int n) {
  for (int i = 0; i < n; i++) x = pick(i)(x);
  return x;
}
