// An image is read at places moved by a field, between pixels; the derivative goes to both.
//! ret REAL
//! dup REAL im[25] = fill
//! dup REAL flow[18] = fill(-0.8, 0.8)
#include "case.h"
REAL f(const REAL *im, const REAL *flow) {
  REAL s = 0;
  for (int y = 0; y < 3; y++)
    for (int x = 0; x < 3; x++) {
      REAL u = x + 1 + flow[2 * (3 * y + x)], v = y + 1 + flow[2 * (3 * y + x) + 1];
      int iu = (int)floor(VALUE(u)), iv = (int)floor(VALUE(v));
      REAL a = u - iu, b = v - iv;
      const REAL *p = im + 5 * iv + iu;
      s += ((1 - a) * p[0] + a * p[1]) * (1 - b) * (x + 1) + ((1 - a) * p[5] + a * p[6]) * b * (y + 1);
    }
  return s;
}
