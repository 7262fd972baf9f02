// Printing is not differentiated and happens as it did.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
REAL f(REAL x) {
  REAL y = x * x;
  printf("y = %g\n", (double)VALUE(y));
  REAL z = y * sin(x);
  fprintf(stderr, "z = %s\n", z > 0 ? "positive" : "negative");
  return z;
}
