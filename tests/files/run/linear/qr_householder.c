// Reflections are applied in place; the solution of a least-squares problem by back substitution.
//! ret REAL
//! dup REAL A[12] = fill(-1, 1)
//! dup REAL b[4] = fill
#include "case.h"
REAL f(REAL *A, REAL *b) {
  for (int k = 0; k < 3; k++) {
    REAL norm = 0, v[4], vv = 0;
    for (int i = k; i < 4; i++) norm += A[3 * i + k] * A[3 * i + k];
    norm = sqrt(norm);
    for (int i = k; i < 4; i++) v[i] = A[3 * i + k];
    v[k] += v[k] < 0 ? -norm : norm;
    for (int i = k; i < 4; i++) vv += v[i] * v[i];
    for (int j = k; j < 4; j++) {
      REAL s = 0;
      for (int i = k; i < 4; i++) s += v[i] * (j < 3 ? A[3 * i + j] : b[i]);
      s *= 2 / vv;
      for (int i = k; i < 4; i++) {
        if (j < 3) A[3 * i + j] -= s * v[i];
        else b[i] -= s * v[i];
      }
    }
  }
  for (int i = 2; i >= 0; i--) {
    for (int j = i + 1; j < 3; j++) b[i] -= A[3 * i + j] * b[j];
    b[i] /= A[3 * i + i];
  }
  return b[0] * b[1] + b[2] + b[3] * b[3];
}
