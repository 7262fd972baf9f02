// glibc's arithmetic with a result narrower than its operands.
//! ret REAL
//! fd 1e-2 1e-2
//! out REAL x = 1.3 | -2.25
//! out REAL y = 0.7 | 3.5
//! interpreted off it has no narrowing functions
#include "case.h"
#ifdef RZ_DUAL
static REALF fadd(REAL a, REAL b) { return (REALF)(a + b); }
static REALF fmul(REAL a, REAL b) { return (REALF)(a * b); }
static REALF fdiv(REAL a, REAL b) { return (REALF)(a / b); }
static REALF fsqrt(REAL a) { return (REALF)sqrt(a); }
static REALF ffma(REAL a, REAL b, REAL c) { return (REALF)fma(a, b, c); }
#else
float fadd(double, double), fmul(double, double), fdiv(double, double), fsqrt(double), ffma(double, double, double);
#endif
REAL f(REAL x, REAL y) {
  return (REAL)fadd(x, y) * x + (REAL)fmul(x, y) + (REAL)fdiv(x, y) * y + (REAL)fsqrt(x * x + 1.0) + (REAL)ffma(x, y, x);
}
