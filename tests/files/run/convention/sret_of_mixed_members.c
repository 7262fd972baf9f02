// A result in memory with arrays inside: its shadow is the seed of each member.
//! ret sret struct result { .value .grid[0..3] .last }
//! dup REAL a[3] = fill
//! out REAL x = 0.6
#include "case.h"
struct result { REAL value, grid[3], last; };
struct result f(const REAL *a, REAL x) {
  struct result r;
  r.value = x * a[0];
  for (int i = 0; i < 3; i++) r.grid[i] = r.value * a[i] + i;
  r.last = r.grid[0] * r.grid[2] / x;
  return r;
}
