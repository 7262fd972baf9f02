// The same rule in single and in extended precision.
//! ret REALF
//! out REALF x = 0.001
//! out REALL y = 0.001
#include "case.h"
REALF f(REALF x, REALL y) {
  REALF a = expm1f(x);
  REALL b = expm1l(y) * y;
  return a * x + (REALF)b;
}
