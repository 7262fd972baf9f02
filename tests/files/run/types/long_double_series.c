// A series in extended precision with early convergence, narrowed at its end.
//! ret REAL
//! out REAL x = 0.7 | 2.3
#include "case.h"
REAL f(REAL x) {
  REALL term = 1, sum = 1, y = x;
  for (int n = 1; n < 60; n++) {
    term *= y / n;
    sum += term / (1 + n * y);
    if (fabsl(VALUE(term)) < 1e-16L) break;
  }
  return (REAL)(sum * sum);
}
