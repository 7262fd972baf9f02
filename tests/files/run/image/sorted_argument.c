// Memory of the caller that is only compared and moved as integers: nothing says that it holds floats.
//! ret REAL
//! out REAL x = 1.25
//! dup REAL a[6] = 0.5 1.25 2.5 0.75 3.25 1.5
//! refuse RZ0012
#include "case.h"
REAL f(REAL x, REAL *a) {
  for (int i = 1; i < 6; i++)
    for (int j = i; j > 0; j--) {
      WORD p, q;
      memcpy(&p, a + j - 1, sizeof p);
      memcpy(&q, a + j, sizeof q);
      if (!(p > q)) break;
      memcpy((void *)(a + j - 1), &q, sizeof q);
      memcpy((void *)(a + j), &p, sizeof p);
    }
  return x;
}
