// A square matrix is transposed by swaps, then its upper triangle is overwritten by products with the lower.
//! dup REAL m[16] = fill
#include "case.h"
void f(REAL *m) {
  for (int i = 0; i < 4; i++)
    for (int j = 0; j < i; j++) {
      REAL t = m[4 * i + j];
      m[4 * i + j] = m[4 * j + i] * t;
      m[4 * j + i] = t;
    }
  for (int i = 0; i < 4; i++)
    for (int j = i; j < 4; j++) m[4 * i + j] *= m[4 * j + i] + m[5 * i];
}
