// Three places that are the same or not from call to call: each access sees what the others left.
//! ret REAL
//! dup REAL x[2] = 0.7 0.9
#include "case.h"
NOINLINE static void mix(REAL *x, int i, int j, int k) {
  REAL old = x[j];
  x[i] = 0.5 + 0.3 * old * x[k];
  x[j] = 0.2 + x[k] * 0.4 + x[i] * x[j] * 0.3;
  x[k] = 0.7 + x[j] * x[i] * 0.4 - x[k] * old * 0.2;
  x[i] = x[i] * 0.25 + x[k] * x[j] * 0.6;
}
REAL f(REAL *x) {
  for (int i = 0; i < 2; i++)
    for (int j = 0; j < 2; j++)
      for (int k = 0; k < 2; k++) mix(x, i, j, k);
  return x[0] * x[1] + x[0];
}
