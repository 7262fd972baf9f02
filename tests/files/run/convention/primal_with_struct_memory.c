// The primal's result comes back although the derivatives go to records behind pointers.
//! style primal
//! ret REAL
//! dup struct plan p[2] { .rate .x[0..2] } = fill
//! out REAL t = 0.4
#include "case.h"
struct plan { int id; REAL rate, x[2]; };
REAL f(struct plan *p, REAL t) {
  REAL s = 0;
  for (int i = 0; i < 2; i++) {
    p[i].x[0] += p[i].rate * t * p[i].x[1];
    s += p[i].x[0] * p[i].x[0];
  }
  return sqrt(s);
}
