// Loops made of gotos: forwards, backwards, and one inside the other.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6 | 2 | 1
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL s = 0, t;
  int i = 0, j;
again:
  if (i == n) goto done;
  t = a[i];
  j = i;
inner:
  if (j == 0) goto inner_done;
  j--;
  t = t * a[j] + 0.5;
  if (VALUE(t) > 4) goto inner_done;
  goto inner;
inner_done:
  s += t;
  i++;
  goto again;
done:
  return s * s;
}
