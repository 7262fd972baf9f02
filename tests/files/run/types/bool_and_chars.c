// Small integers of every kind take part.
//! ret REAL
//! out REAL x = 0.75
//! const unsigned char c = 200
//! const short s = -3
//! const bool b = 1
#include "case.h"
REAL f(REAL x, unsigned char c, short s, bool b) { return b ? x * c * x + s * x : x; }
