// The same rule in single and in extended precision.
//! ret REALF
//! out REALF x = 0.3
//! out REALL y = 0.3
#include "case.h"
REALF f(REALF x, REALL y) {
  REALF a = asinf(x);
  REALL b = asinl(y) * y;
  return a * x + (REALF)b;
}
