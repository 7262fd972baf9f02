// Predicates on active numbers become integers that are counted, compared and multiplied back.
//! ret REAL
//! dup REAL a[8] = fill(-1, 1)
#include "case.h"
enum sign { NEGATIVE = -1, ZERO, POSITIVE };
static NOINLINE enum sign sign_of(REAL x) { return x > 0.1 ? POSITIVE : x < -0.1 ? NEGATIVE : ZERO; }
static NOINLINE bool rises(const REAL *a, int i) { return i > 0 && a[i] > a[i - 1]; }
REAL f(const REAL *a) {
  REAL s = 0;
  int balance = 0, runs = 0;
  for (int i = 0; i < 8; i++) {
    enum sign g = sign_of(a[i]);
    balance += g;
    runs += rises(a, i);
    s += (int)g * a[i] * (1 + runs) + (rises(a, i) ? a[i] * a[i] : 0.5 * a[i]);
  }
  return s * (balance + 3);
}
