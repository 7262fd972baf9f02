// A product in place with a scratch matrix, repeated.
//! ret REAL
//! dup REAL a[9] = fill(0, 0.7)
#include "case.h"
REAL f(const REAL *a) {
  REAL p[9], q[9];
  for (int i = 0; i < 9; i++) p[i] = a[i];
  for (int t = 0; t < 3; t++) {
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) {
        q[3 * i + j] = 0;
        for (int k = 0; k < 3; k++) q[3 * i + j] += p[3 * i + k] * a[3 * k + j];
      }
    memcpy((void *)p, q, sizeof p);
  }
  return p[0] + p[4] + p[8];
}
