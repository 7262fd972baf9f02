// Progress is reported through a volatile counter and a volatile number while the work goes on.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
REAL f(const REAL *a) {
  volatile int done = 0;
  volatile REAL latest;
  REAL s = 1;
  for (int i = 0; i < 6; i++) {
    s = s * a[i] + 0.3;
#ifdef RZ_DUAL
    *(REAL *)&latest = s;
    s = s + 0.1 * *(REAL *)&latest;
#else
    latest = s;
    s = s + 0.1 * latest;
#endif
    done = done + 1;
  }
  return s * done;
}
