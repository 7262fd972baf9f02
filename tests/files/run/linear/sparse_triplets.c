// Triplets in any order become compressed rows by counting; duplicates add up; then two products.
//! ret REAL
//! dup REAL v[8] = fill
//! dup REAL x[4] = fill
//! const int row[8] = 2 0 3 1 0 2 3 2
//! const int col[8] = 1 0 3 2 3 1 0 2
#include "case.h"
REAL f(const REAL *v, const REAL *x, const int *row, const int *col) {
  int start[5] = {0, 0, 0, 0, 0}, at[4], c[8];
  REAL val[8], y[4], s = 0;
  for (int k = 0; k < 8; k++) start[row[k] + 1]++;
  for (int i = 0; i < 4; i++) start[i + 1] += start[i], at[i] = start[i];
  for (int k = 0; k < 8; k++) {
    int i = row[k], j = start[i];
    while (j < at[i] && c[j] != col[k]) j++;
    if (j == at[i]) {
      c[j] = col[k];
      val[j] = 0;
      at[i]++;
    }
    val[j] += v[k];
  }
  for (int i = 0; i < 4; i++) {
    y[i] = 0;
    for (int j = start[i]; j < at[i]; j++) y[i] += val[j] * x[c[j]];
  }
  for (int i = 0; i < 4; i++)
    for (int j = start[i]; j < at[i]; j++) s += val[j] * y[i] * y[c[j]];
  return s;
}
