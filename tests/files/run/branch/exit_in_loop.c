// An endless loop that only a failing check would end by leaving the program.
//! ret REAL
//! out REAL x = 0.5 | 3
#include "case.h"
static void fail(const char *why) {
  fprintf(stderr, "%s\n", why);
  exit(3);
}
REAL f(REAL x) {
  REAL y = x, sum = 0;
  for (int n = 0;; n++) {
    if (n > 200) fail("no convergence");
    if (!(y > 0)) fail("negative");
    REAL old = y;
    y = 0.5 * (y + x / y);
    sum += y;
    if (fabs(old - y) < 1e-14) return y * sum;
  }
}
