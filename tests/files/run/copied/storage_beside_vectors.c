// A record with a vector ends in a member of bytes that holds a number: it looks like what fills up others.
//! ret REAL
//! dup REAL a[8] = fill
//! const int n = 3
#include "case.h"
struct wide { REAL4 p; int id; REAL m; char store[sizeof(REAL)]; };
REAL f(const REAL *a, int n) {
  struct wide s[3];
  for (int i = 0; i < 3; i++) {
    REAL4 w = {a[i], (REAL)0.5, (REAL)i, a[i + 1]};
    REAL held = a[i] * a[i + 2];
    s[i].p = w;
    s[i].id = i;
    s[i].m = a[i + 1] * a[0];
    memcpy((void *)s[i].store, &held, sizeof held);
  }
  s[0] = a[1] >= a[n] ? s[2] : s[1];
  REAL taken;
  memcpy((void *)&taken, s[0].store, sizeof taken);
  return taken * s[0].m * s[0].id + s[0].p[3];
}
