// Bit fields, masks and shifts beside numbers decide which of them are used and how.
//! ret REAL
//! dup REAL a[8] = fill
//! const unsigned code[4] = 0x81 0x42 0x3c 0xff
#include "case.h"
struct options { unsigned invert : 1, square : 1, index : 3, repeat : 3; REAL scale; };
REAL f(const REAL *a, const unsigned *code) {
  REAL s = 0;
  for (int k = 0; k < 4; k++) {
    struct options o;
    o.invert = code[k] & 1, o.square = code[k] >> 1 & 1, o.index = code[k] >> 2 & 7, o.repeat = code[k] >> 5;
    o.scale = a[o.index];
    for (unsigned r = 0; r <= o.repeat; r++) {
      REAL x = o.square ? o.scale * o.scale : o.scale;
      s += o.invert ? 1 / x : x * a[(o.index + r) & 7];
      o.scale = x * 0.9;
    }
  }
  return s;
}
