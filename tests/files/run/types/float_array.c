// An array of floats: four bytes each.
//! ret REALF
//! dup REALF a[6] = fill
//! const int n = 6
#include "case.h"
REALF f(REALF *a, int n) {
  REALF s = 0;
  for (int i = 0; i < n; i++) {
    s += a[i] * a[i];
    a[i] = s;
  }
  return s * a[0];
}
