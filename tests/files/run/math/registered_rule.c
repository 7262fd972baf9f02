// A function of the user's that is declared to be like one without a symbol of its own.
//! ret REAL
//! out REAL x = 0.3 | -0.85
#include "case.h"
#ifdef RZ_DUAL
#define LIKE(name)
#else
#define LIKE(name) __attribute__((annotate("enzyme_function_like=" name)))
#endif
LIKE("erfinv") NOINLINE REAL inverse_erf(REAL x) {
  REAL y = x;
  for (int i = 0; i < 60; i++) y = y - (erf(y) - x) * 0.886226925452758 * exp(y * y) * 0.5;
  return y;
}
REAL f(REAL x) { return inverse_erf(x) * x + inverse_erf(0.5 * x); }
