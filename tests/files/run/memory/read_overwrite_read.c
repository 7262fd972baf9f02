// One place is read, overwritten by what was read, and read again, three times over and by different kinds of writes.
//! ret REAL
//! dup REAL p[1] = 0.7
//! dup REAL q[1] = 1.3
#include "case.h"
REAL f(REAL *p, REAL *q) {
  REAL a = *p;
  *p = a * a;
  REAL b = *p;
  memcpy(p, q, sizeof *p);
  REAL c = *p;
  *q = b * c;
  REAL d = *q * *p;
  memset(p, 0, sizeof *p);
  REAL e = *p + 1;
  *p = d;
  return a * b * c * d * e + *p * *q;
}
