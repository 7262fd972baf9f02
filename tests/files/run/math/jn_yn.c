// Bessel functions of integer order.
//! ret REAL
//! out REAL x = 2.7
//! const int n = 2 | 3 | 0
#include "case.h"
REAL f(REAL x, int n) { return jn(n, x) * x + yn(n, x); }
