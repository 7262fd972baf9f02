// Two cursors over sorted arrays produce a third: union, with sums where they meet.
//! ret REAL
//! dup REAL x[5] = 0.1 0.5 0.9 1.4 2
//! dup REAL y[4] = 0.2 0.5 1.5 1.9
#include "case.h"
REAL f(const REAL *x, const REAL *y) {
  REAL out[9], *o = out, s = 0;
  const REAL *p = x, *q = y, *pe = x + 5, *qe = y + 4;
  while (p != pe && q != qe) {
    if (fabs(*p - *q) < 0.05) *o++ = *p++ * *q++;
    else if (*p < *q) *o++ = *p++;
    else *o++ = *q++ * 2;
  }
  while (p != pe) *o++ = *p++;
  while (q != qe) *o++ = -*q++;
  for (int n = (int)(o - out), i = 0; i < n; i++) s += out[i] * out[n - 1 - i] * (i + 1);
  return s;
}
