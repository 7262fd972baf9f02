// Products of small local matrices: all of their loops are short, and some elements are set by a condition.
//! ret REAL
//! dup REAL angle[6] = 0.3 -0.7 1.1 0.2 0.9 -0.4
//! dup REAL p[9] = fill(-1, 1)
#include "case.h"
REAL f(REAL *angle, REAL *p) {
  REAL total[3][3], sum = 0;
  for (int i = 0; i < 3; i++)
    for (int j = 0; j < 3; j++) total[i][j] = i == j ? 1 : 0;
  for (int t = 0; t < 6; t++) {
    REAL turn[3][3], next[3][3];
    int axis = t % 3;
    REAL c = cos(angle[t]), s = sin(angle[t]);
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) turn[i][j] = i != j ? 0 * s : i == axis ? 1 + 0 * c : c;
    turn[(axis + 1) % 3][(axis + 2) % 3] = -s;
    turn[(axis + 2) % 3][(axis + 1) % 3] = s;
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) {
        next[i][j] = 0;
        for (int k = 0; k < 3; k++) next[i][j] += turn[i][k] * total[k][j];
      }
    for (int i = 0; i < 3; i++)
      for (int j = 0; j < 3; j++) total[i][j] = next[i][j];
  }
  for (int q = 0; q < 3; q++) {
    REAL moved[3];
    for (int i = 0; i < 3; i++) {
      moved[i] = 0;
      for (int j = 0; j < 3; j++) moved[i] += total[i][j] * p[3 * q + j];
    }
    for (int i = 0; i < 3; i++) sum += moved[i] * moved[i] * moved[i] * (i - 1.5);
  }
  return sum;
}
