// The same rule in single and in extended precision.
//! ret REALF
//! out REALF x = 1.3
//! out REALL y = 1.3
#include "case.h"
REALF f(REALF x, REALL y) {
  REALF a = acoshf(x);
  REALL b = acoshl(y) * y;
  return a * x + (REALF)b;
}
