// Extended precision throughout.
//! ret REALL
//! out REALL x = 0.75
//! out REALL y = 1.5
#include "case.h"
REALL f(REALL x, REALL y) {
  REALL t = x * y + sinl(x);
  return t / y - sqrtl(t);
}
