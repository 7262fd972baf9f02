// The library functions as compiler builtins.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
#ifdef RZ_DUAL
#define BUILTIN(f) f
#else
#define BUILTIN(f) __builtin_##f
#endif
REAL f(REAL x) { return BUILTIN(sin)(x) * BUILTIN(sqrt)(x) + BUILTIN(fabs)(x) * BUILTIN(pow)(x, 1.5) + BUILTIN(exp)(x); }
