// A result that is not chosen counts in another way; of two results of a loop one is chosen; a loop that writes
// what is read later; loops inside and after each other; an unknown number of iterations.
//! ret REAL
//! dup REAL a[6] = fill(0.5, 1.5) | fill(-1.5, 1)
//! const int n = 6
#include "case.h"
REAL f(const REAL *a, int n) {
  REAL t[6], s = 0, best = -100, rest = 0;
  for (int k = 0; k < 3; k++) {
    REAL d = 0, e = 1;
    for (int i = 0; i < n; i++) {
      d += a[i] * a[(i + k) % 6];
      e *= 1 + 0.1 * a[i] * k;
    }
    best = d > best ? d : best;
    rest += e;
    REAL w = 0;
    for (int i = 0; i < n; i++) {
      t[i] = k ? t[i] * a[i] + k : a[i];
      w += t[i] * t[i];
    }
    s = k == 1 ? w : s;
    REAL u = 0;
    for (int i = 0; i < n; i++) {
      REAL v = 1;
      for (int j = 0; j <= i; j++)
        v *= a[j] + k;
      if (v > 2)
        u += v;
    }
    if (u > 3)
      rest = rest + u * 0.125;
    REAL q = a[k], r = 0;
    while (q < 4) {
      q = q * 1.5 + 1;
      r += q * a[k];
    }
    s = s > r ? s : r;
  }
  return s + best * rest + t[1] * t[4];
}
