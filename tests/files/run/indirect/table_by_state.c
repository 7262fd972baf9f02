// A machine whose states are functions; each names the next by what it returns.
//! ret REAL
//! dup REAL a[5] = fill
//! const int n = 5
#include "case.h"
typedef int (*State)(REAL *, REAL);
static int grow(REAL *s, REAL v) {
  *s += *s * v;
  return 1;
}
static int turn(REAL *s, REAL v) {
  *s = v - *s;
  return VALUE(*s) > 0 ? 2 : 0;
}
static int settle(REAL *s, REAL v) {
  *s *= v;
  return 0;
}
static const State states[3] = {grow, turn, settle};
REAL f(REAL *a, int n) {
  REAL s = a[0];
  int state = 0;
  for (int i = 0; i < n; i++) state = states[state](&s, a[i]);
  return s * s;
}
