/* Complex numbers in run cases: C's own, or pairs of dual numbers. */
#ifndef RZ_CASE_COMPLEX_H
#define RZ_CASE_COMPLEX_H
#include "case.h"
#ifdef RZ_DUAL
#include "dual_complex.hpp"
#else
#include <complex.h>
#undef I
typedef double _Complex COMPLEX;
typedef float _Complex COMPLEXF;
typedef long double _Complex COMPLEXL;
#define MAKE(x, y) __builtin_complex((double)(x), (double)(y))
#define MAKEF(x, y) __builtin_complex((float)(x), (float)(y))
#define MAKEL(x, y) __builtin_complex((long double)(x), (long double)(y))
#define RE(z) (__real__(z))
#define IM(z) (__imag__(z))
#endif
#endif
