// A ladder of impedances, folded from its end, at several frequencies.
//! ret REAL
//! dup REAL part[6] = fill
#include "case_complex.h"
REAL f(const REAL *part) {
  REAL s = 0;
  for (int k = 1; k <= 3; k++) {
    REAL wr = 1, re = part[0], im = 0;
    for (int i = 0; i < 3; i++) {
      REAL xl = k * part[2 * (i % 2)], g = part[2 * i + 1] * wr;
      im += xl;
      REAL n = re * re + im * im, yr = re / n + g, yi = -im / n + 0.3 * k;
      n = yr * yr + yi * yi;
      re = yr / n, im = -yi / n;
    }
    s += hypot(re, im) + atan2(im, re);
  }
  return s;
}
