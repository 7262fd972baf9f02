// Nothing is returned; three outputs of different types take seeds that are consumed.
//! dup REAL x[3] = fill
//! dup REAL sum[1] = 0.5
//! dup REALF low[3] = fill
//! dup REAL product[1] = 2
#include "case.h"
void f(const REAL *x, REAL *sum, REALF *low, REAL *product) {
  for (int i = 0; i < 3; i++) {
    *sum += x[i] * low[i];
    low[i] = (REALF)(x[i] * x[i]);
    *product *= x[i] + low[i];
  }
}
