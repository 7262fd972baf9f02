// The same rule in single and in extended precision.
//! ret REALF
//! out REALF x = 0.7
//! out REALL y = 0.7
#include "case.h"
REALF f(REALF x, REALL y) {
  REALF a = erff(x);
  REALL b = erfl(y) * y;
  return a * x + (REALF)b;
}
