// Cosine, with a sign.
//! ret REAL
//! out REAL x = 0.7 | 4
#include "case.h"
REAL f(REAL x) { return cos(x) * x + cos(x * 0.5); }
