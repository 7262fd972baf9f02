// A global integer counts calls; it carries nothing.
//! ret REAL
//! out REAL x = 0.7
//! threads off
#include "case.h"
static int calls;
NOINLINE static REAL g(REAL t) {
  calls++;
  return t * t;
}
REAL f(REAL x) {
  REAL r = g(x) + g(g(x));
  return calls > 0 ? r * x : x;
}
