// What is not needed afterwards is both input and output.
//! dupnoneed REAL x[5] = fill
//! const int steps = 3 | 0 | 1
#include "case.h"
void f(REAL *x, int steps) {
  for (int t = 0; t < steps; t++)
    for (int i = 0; i < 5; i++) x[i] = x[i] * x[(i + 4) % 5] + 0.1 * t;
  x[0] = sin(x[0]);
}
