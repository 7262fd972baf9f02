// Eight bytes that hold two floats: two additions.
//! ret REALF
//! dup REALF a[4] = fill
//! dup REALF b[4] = fill
#include "case.h"
REALF f(REALF *a, REALF *b) {
  memcpy((void *)b, a + 1, 2 * sizeof(REALF));
  a[1] = b[0] * b[1];
  return a[1] * b[1] + b[2] * a[0];
}
