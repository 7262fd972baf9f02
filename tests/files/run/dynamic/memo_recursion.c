// Recursion that remembers results in a table: which calls compute depends on the order of the others.
//! ret REAL
//! dup REAL w[6] = fill
//! const int n = 9
#include "case.h"
struct memo { REAL value[10]; char known[10]; };
static NOINLINE REAL count(struct memo *m, const REAL *w, int n) {
  if (n <= 1) return w[n + 1];
  if (m->known[n]) return m->value[n];
  REAL r = w[2] * count(m, w, n - 1) + w[3] * count(m, w, n - 2) + (n > 4 ? w[5] * count(m, w, n / 2) : w[4]);
  m->known[n] = 1;
  return m->value[n] = r;
}
REAL f(const REAL *w, int n) {
  struct memo m;
  memset(&m, 0, sizeof m);
  return count(&m, w, n) * m.value[5];
}
