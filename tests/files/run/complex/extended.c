// The same functions in extended precision, where a number travels in memory.
//! ret REALL
//! out REALL x = 0.7 | -1.3
//! out REALL y = -0.6 | 0.8
//! interpreted off it has no complex functions
#include "case_complex.h"
REALL f(REALL x, REALL y) {
  COMPLEXL z = MAKEL(x, y);
  COMPLEXL r0 = cexpl(z);
  COMPLEXL r1 = clogl(z);
  COMPLEXL r2 = csqrtl(z);
  COMPLEXL r3 = csinl(z);
  COMPLEXL r4 = ccosl(z);
  COMPLEXL r5 = ctanl(z);
  return RE(r0) * 1 - IM(r0) * x + RE(r1) * 2 - IM(r1) * x + RE(r2) * 3 - IM(r2) * x + RE(r3) * 4 - IM(r3) * x + RE(r4) * 5 - IM(r4) * x + RE(r5) * 6 - IM(r5) * x;
}
