// Distances that double, as those of butterflies, but wrap around to zero, start at zero, or shrink to it: then both
// halves are the same element.
//! ret REAL
//! dup REAL a[12] = fill(-1, 1) | fill(0.5, 1)
//! const long start = 0 | 1
//! const long n = 4
#include "case.h"
static void turn(REAL *low, REAL *high, long n) {
  for (long i = 0; i < n; i++) {
    REAL turned = low[i] * high[i] * 0.5;
    high[i] = low[i] - turned;
    low[i] += turned;
  }
}
REAL f(REAL *a, long start, long n) {
  unsigned wraps = 1u << 30;
  for (long t = 0; t < 4; t++, wraps *= 2)
    turn(a, a + (wraps >> 30), n);
  long grows = start;
  for (long t = 0; t < 3; t++, grows *= 2)
    turn(a + 1, a + 1 + grows, n);
  for (long shrinks = 4; shrinks >= 0; shrinks -= 2)
    turn(a, a + shrinks, n);
  for (long half = 4; ; half /= 2) {
    turn(a + 2, a + 2 + half, n);
    if (half == 0)
      break;
  }
  REAL sum = 0;
  for (long i = 0; i < 12; i++)
    sum += a[i] * a[i] * (REAL)(i + 1);
  return sum;
}
