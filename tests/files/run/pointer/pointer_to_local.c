// The address of a local goes through memory.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
REAL f(REAL x) {
  REAL a = x * x, b = sin(x);
  REAL *p[2] = {&a, &b};
  for (int i = 0; i < 2; i++) *p[i] = *p[i] * *p[1 - i];
  return a * b;
}
