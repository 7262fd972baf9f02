// The entry point itself takes a struct in registers.
//! ret REAL
//! out struct c z { .re .im } = 0.7 1.3
#include "case.h"
struct c { REAL re, im; };
REAL f(struct c z) { return z.re * z.re * z.im; }
