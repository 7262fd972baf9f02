// A matrix is resized keeping its corner; new places are filled from the old ones' neighbours.
//! ret REAL
//! dup REAL a[6] = fill
#include "case.h"
static REAL *resize(REAL *old, int rows, int cols, int r, int c) {
  REAL *m = (REAL *)malloc(r * c * sizeof(REAL));
  for (int i = 0; i < r; i++)
    for (int j = 0; j < c; j++)
      m[i * c + j] = i < rows && j < cols ? old[i * cols + j] : j ? m[i * c + j - 1] * 0.5 : old[j] + 0.1 * i;
  free(old);
  return m;
}
REAL f(const REAL *a) {
  REAL *m = (REAL *)malloc(6 * sizeof(REAL));
  memcpy(m, a, 6 * sizeof(REAL));
  m = resize(m, 2, 3, 3, 4);
  for (int i = 0; i < 12; i++) m[i] *= m[(i * 5) % 12];
  m = resize(m, 3, 4, 2, 2);
  REAL d = m[0] * m[3] - m[1] * m[2];
  free(m);
  return d;
}
