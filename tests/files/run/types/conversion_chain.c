// Narrowing and widening along a chain.
//! ret REAL
//! out REAL x = 0.75
#include "case.h"
REAL f(REAL x) {
  REALF a = (REALF)x;
  REALL b = a * a;
  REAL c = (REAL)(b * b);
  return c * (REALF)(c * x);
}
