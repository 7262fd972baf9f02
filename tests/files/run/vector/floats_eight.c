// Eight floats at a time.
//! ret REALF
//! dup REALF a[16] = fill
#include "case.h"
REALF f(const REALF *a) {
  const REALF8 *p = (const REALF8 *)a;
  REALF8 s = p[0] * p[1] - p[0];
  REALF r = 0;
  for (int i = 0; i < 8; i++) r += s[i] * s[7 - i];
  return r;
}
