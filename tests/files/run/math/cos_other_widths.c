// The same rule in single and in extended precision.
//! ret REALF
//! out REALF x = 0.7
//! out REALL y = 0.7
#include "case.h"
REALF f(REALF x, REALL y) {
  REALF a = cosf(x);
  REALL b = cosl(y) * y;
  return a * x + (REALF)b;
}
