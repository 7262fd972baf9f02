// Long functions alike but for one number, for an operator, or for what they call: each has a derivative of its own.
//! ret REAL
//! dup REAL x[8] = fill(-1, 1)
//! const int n = 3
#include "case.h"

static NOINLINE REAL bend(REAL t) { return t * t * 0.25 + t; }
static NOINLINE REAL turn(REAL t) { return t * t * 0.25 - t; }

#define STEP(i, number, op, call)                                                                                      \
  for (int k = 0; k < 2; k++) {                                                                                        \
    REAL t = x[i] op x[(i + k + 1) % 8];                                                                               \
    if (t > 0) t = call(t * number);                                                                                   \
    else t = t / (2 + t * t);                                                                                          \
    x[i] = x[i] * 0.5 + t;                                                                                             \
    s += t * x[(i + 3) % 8];                                                                                           \
  }
#define LONG(name, number, op, call)                                                                                   \
  static REAL name(REAL *x, int depth) {                                                                               \
    REAL s = 0;                                                                                                        \
    STEP(0, 0.5, *, bend)                                                                                              \
    STEP(1, 0.5, +, turn)                                                                                              \
    STEP(2, 0.5, *, bend)                                                                                              \
    STEP(3, 0.5, +, turn)                                                                                              \
    STEP(4, number, op, call)                                                                                          \
    STEP(5, 0.5, *, bend)                                                                                              \
    STEP(6, 0.5, +, turn)                                                                                              \
    STEP(7, 0.5, *, bend)                                                                                              \
    if (depth > 0) s += name(x, depth - 1) * 0.5;                                                                      \
    return s;                                                                                                          \
  }

LONG(plain, 0.5, *, bend)
LONG(number, 0.75, *, bend)
LONG(operator_, 0.5, -, bend)
LONG(callee, 0.5, *, turn)
LONG(again, 0.5, *, bend)

REAL f(REAL *x, int n) {
  REAL s = plain(x, n) + 2 * number(x, n) + 3 * operator_(x, n);
  s = s + 4 * callee(x, n) + 5 * again(x, n);
  return s * x[1];
}
