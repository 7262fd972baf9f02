// Records that begin with a letter are copied to the heap and back in another order; how many is known when it runs.
//! ret REAL
//! dup REAL x[5] = fill(-1, 1)
//! const int n = 5
#include "case.h"
struct record { char letter; REAL key; int index; };
REAL f(const REAL *x, int n) {
  struct record r[5], *old = (struct record *)malloc((size_t)n * sizeof *old);
  for (int i = 0; i < n; i++) r[i].letter = (char)('a' + i), r[i].key = x[i] * x[i], r[i].index = i;
  for (int i = 0; i < n; i++) memcpy(old + i, r + i, sizeof *r);
  for (int i = 0; i < n; i++) memcpy(r + i, old + (2 * i + 1) % n, sizeof *r);
  free(old);
  REAL s = 0;
  for (int i = 0; i < n; i++) s += r[i].key * r[i].letter * (i + 1) + r[i].index * x[0];
  return s / 100;
}
