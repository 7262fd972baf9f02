// A number is read from text by states; its digits scale active coefficients.
//! ret REAL
//! dup REAL c[4] = fill
//! const char text[24] = "3.25e1 -4 0.5e-1"
#include "case.h"
REAL f(const REAL *c, const char *text) {
  enum { START, WHOLE, FRACTION, EXPONENT } state = START;
  REAL sum = 0;
  double value = 0, scale = 1, sign = 1;
  int exponent = 0, esign = 1, count = 0;
  for (const char *p = text;; p++) {
    char ch = *p;
    if (ch == ' ' || !ch) {
      if (state != START) sum = sum * c[3] + c[count++ % 3] * sign * value * pow(10, esign * exponent);
      state = START, value = 0, scale = 1, sign = 1, exponent = 0, esign = 1;
      if (!ch) break;
    } else if (ch == '-') {
      if (state == EXPONENT) esign = -1;
      else sign = -1;
    } else if (ch == '.') state = FRACTION;
    else if (ch == 'e') state = EXPONENT;
    else {
      int d = ch - '0';
      if (state == EXPONENT) exponent = 10 * exponent + d;
      else if (state == FRACTION) value += d * (scale /= 10);
      else state = WHOLE, value = 10 * value + d;
    }
  }
  return sum;
}
