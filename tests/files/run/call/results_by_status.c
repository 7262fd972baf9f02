// Functions return a status and their result through a pointer; failures are retried with other parameters.
//! ret REAL
//! dup REAL a[4] = 0.3 -1.2 4 0.01
#include "case.h"
enum status { OK, DOMAIN_ERROR, TOO_LARGE };
static NOINLINE enum status root_log(REAL x, REAL *result) {
  if (x <= 0) return DOMAIN_ERROR;
  REAL y = sqrt(x) * log(x);
  if (fabs(y) > 2) return TOO_LARGE;
  *result = y;
  return OK;
}
REAL f(const REAL *a) {
  REAL sum = 0;
  for (int i = 0; i < 4; i++) {
    REAL x = a[i], y = 0;
    for (int attempt = 0; attempt < 5; attempt++) {
      enum status s = root_log(x, &y);
      if (s == OK) break;
      x = s == DOMAIN_ERROR ? -x * 0.5 : x / 3;
    }
    sum += y * (i + 1) + 0.1 * x;
  }
  return sum;
}
