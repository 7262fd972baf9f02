// A vector inside a struct in a local array.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
struct particle { REAL4 p; int id; REAL m; };
REAL f(const REAL *a) {
  struct particle s[2];
  for (int i = 0; i < 2; i++) {
    REAL4 v = {a[i], a[i + 1], a[i + 2], 1.0};
    s[i].p = v * a[i];
    s[i].id = i;
    s[i].m = a[3 - i];
  }
  REAL4 d = s[0].p - s[1].p;
  return (d[0] * d[0] + d[1] * d[1] + d[2] * d[2]) * s[0].m * s[1].m;
}
