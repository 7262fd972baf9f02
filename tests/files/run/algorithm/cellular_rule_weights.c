// A cellular automaton on bits runs beside numbers that flow where its cells live.
//! ret REAL
//! dup REAL a[8] = fill
//! const unsigned char rule = 110 | 30
#include "case.h"
REAL f(const REAL *a, unsigned char rule) {
  unsigned char cells = 0x2d;
  REAL v[8], s = 0;
  memcpy(v, a, sizeof v);
  for (int t = 0; t < 6; t++) {
    unsigned char next = 0;
    REAL w[8];
    for (int i = 0; i < 8; i++) {
      int window = (cells >> ((i + 7) & 7) & 1) << 2 | (cells >> i & 1) << 1 | (cells >> ((i + 1) & 7) & 1);
      next |= (rule >> window & 1) << i;
      w[i] = cells >> i & 1 ? v[i] * v[(i + 1) & 7] : v[i] + 0.1 * v[(i + 7) & 7];
    }
    cells = next;
    memcpy(v, w, sizeof v);
  }
  for (int i = 0; i < 8; i++) s += v[i] * (cells >> i & 1 ? 2 : 1);
  return s;
}
