/* The common subset in which every run case and every fuzzed program is written.
 *
 * The same file compiles as C (where REAL is double, and the plugin differentiates it) and, with
 * RZ_DUAL defined, as C++ over dual numbers (where it computes its own derivatives, without the
 * plugin). Rules of the subset:
 *
 *   - REAL, REALF, REALL, REALH, REALB are active scalars; plain `double` is never differentiated.
 *   - cast what malloc returns; no implicit void* conversions; no goto over an initialised variable.
 *   - VALUE(x) is the number in x, for printf and for integer decisions.
 *   - FLIP_SIGN and friends stand for bit tricks, which only exist on real floats.
 *   - WORD is an integer as wide as REAL that may hold its bytes (memcpy between the two).
 */
#ifndef RZ_CASE_H
#define RZ_CASE_H

#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <assert.h>
#include <math.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define NOINLINE __attribute__((noinline))

#ifdef RZ_DUAL
#define restrict __restrict
#include "dual.hpp"
/* Only moved and compared for order, which on the bytes of positive numbers is the order of the numbers. */
struct WORD {
  REAL r;
  friend bool operator<(WORD a, WORD b) { return a.r < b.r; }
  friend bool operator>(WORD a, WORD b) { return a.r > b.r; }
};
#else

#include <stdbool.h>
typedef double REAL;
typedef float REALF;
typedef long double REALL;
typedef _Float16 REALH;
typedef __bf16 REALB;
typedef int64_t WORD;
typedef REAL REAL2 __attribute__((ext_vector_type(2)));
typedef REAL REAL4 __attribute__((ext_vector_type(4)));
typedef REALF REALF4 __attribute__((ext_vector_type(4)));
typedef REALF REALF8 __attribute__((ext_vector_type(8)));

#define VALUE(x) (x)

/* Lanes of a where the comparison of a and b holds, else of b. */
#define VECTOR_MAX(a, b) ((a) > (b) ? (a) : (b))
#define VECTOR_REVERSE4(a) __builtin_shufflevector((a), (a), 3, 2, 1, 0)
#define VECTOR_INTERLEAVE4(a, b) __builtin_shufflevector((a), (b), 0, 4, 1, 5)
#define VECTOR_LOW4(a) __builtin_shufflevector((a), (a), 0, 1)

static inline double FLIP_SIGN(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits ^= UINT64_C(1) << 63;
  memcpy(&x, &bits, sizeof x);
  return x;
}

static inline double CLEAR_SIGN(double x) {
  uint64_t bits;
  memcpy(&bits, &x, sizeof bits);
  bits &= ~(UINT64_C(1) << 63);
  memcpy(&x, &bits, sizeof x);
  return x;
}

#endif
#endif
