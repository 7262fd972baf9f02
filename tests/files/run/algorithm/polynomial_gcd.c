// Euclid's algorithm on coefficients whose leading ones vanish: degrees shrink while it runs.
//! ret REAL
//! dup REAL p[5] = 6 -5 -5 5 -1
//! dup REAL q[4] = 3 1 -4 2
#include "case.h"
REAL f(const REAL *p, const REAL *q) {
  REAL a[5], b[5], scale = 1;
  int da = 4, db = 3;
  memcpy(a, p, 5 * sizeof(REAL)), memcpy(b, q, 4 * sizeof(REAL));
  while (db > 0) {
    while (da >= db) {
      REAL m = a[da] / b[db];
      for (int i = 0; i <= db; i++) a[da - db + i] -= m * b[i];
      da--;
      scale += m;
    }
    REAL t[5];
    int d = da;
    memcpy(t, a, sizeof t), memcpy(a, b, sizeof a), memcpy(b, t, sizeof b);
    da = db, db = d;
    if (fabs(b[db]) < 1e-6) break;
  }
  return scale * b[0] + a[1];
}
