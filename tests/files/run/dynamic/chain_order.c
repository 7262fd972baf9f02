// The cheapest order of a chain product, with costs that depend on active sizes; intervals by length.
//! ret REAL
//! dup REAL size[6] = 3 1.5 4 2.2 5 1.1
#include "case.h"
REAL f(const REAL *size) {
  REAL cost[5][5];
  for (int i = 0; i < 5; i++) cost[i][i] = 0;
  for (int n = 2; n <= 5; n++)
    for (int i = 0; i + n <= 5; i++) {
      int j = i + n - 1;
      for (int k = i; k < j; k++) {
        REAL c = cost[i][k] + cost[k + 1][j] + size[i] * size[k + 1] * size[j + 1];
        if (k == i || c < cost[i][j]) cost[i][j] = c;
      }
    }
  return cost[0][4] + cost[1][3];
}
