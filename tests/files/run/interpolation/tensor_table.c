// A table of three dimensions, linear in each; corners by the bits of a counter.
//! ret REAL
//! dup REAL table[27] = fill
//! dup REAL at[3] = 0.3 1.6 1.2
#include "case.h"
REAL f(const REAL *table, const REAL *at) {
  int base[3];
  REAL frac[3], s = 0;
  for (int d = 0; d < 3; d++) base[d] = (int)VALUE(at[d]), frac[d] = at[d] - base[d];
  for (unsigned corner = 0; corner < 8; corner++) {
    REAL w = 1;
    int index = 0;
    for (int d = 0; d < 3; d++) {
      int up = corner >> d & 1;
      w *= up ? frac[d] : 1 - frac[d];
      index = index * 3 + base[d] + up;
    }
    s += w * table[index];
  }
  return s * s;
}
