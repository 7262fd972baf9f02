// A union holds one kind at a time.
//! ret REAL
//! out REAL x = 0.7 | -1.25
//! const int k = 0 | 1
#include "case.h"
union slot { REAL one; REAL two[2]; };
static NOINLINE REAL take(const union slot *u, int k) { return k ? u->two[1] * u->two[0] : u->one * u->one; }
REAL f(REAL x, int k) {
  union slot u;
  if (k) { u.two[0] = x; u.two[1] = x * x; }
  else u.one = sin(x);
  return take(&u, k);
}
