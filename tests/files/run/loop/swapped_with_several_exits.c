// A value swapped through three variables over loop exits, with uses after several exits.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 5
#include "case.h"
REAL f(REAL *a, int n) {
  REAL x = a[0], y = a[1], z = a[2]; int i, why = 0;
  for (i = 0; i < 20; i++) {
    REAL t = x; x = y * 0.9 + 0.05; y = z; z = t * x;
    if (VALUE(z) > 2) { why = 1; break; }
    if (i == 3 * n) { z = z * x; why = 2; goto done; }
    if ((i & 3) == 2) { if (n == 5 && i > 6) { why = 3; continue; } x = x * a[i & 7]; }
  }
  z = z + x * i;
done:
  switch (why) { case 0: return z; case 1: return z * y; case 2: return x; default: return x * y * z; }
}
