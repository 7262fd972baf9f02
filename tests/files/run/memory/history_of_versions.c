// Old versions are kept in a table when values change; a version is looked up by its time later.
//! ret REAL
//! dup REAL a[3] = fill
//! const int when[5] = 0 2 1 4 3
#include "case.h"
struct version { REAL value; int time; };
REAL f(const REAL *a, const int *when) {
  struct version log[3][6];
  int count[3] = {0, 0, 0};
  for (int t = 0; t < 5; t++) {
    int i = t % 3;
    REAL last = count[i] ? log[i][count[i] - 1].value : a[i];
    log[i][count[i]].value = last * a[(i + 1) % 3] + 0.1 * t;
    log[i][count[i]++].time = t;
  }
  REAL s = 0;
  for (int k = 0; k < 5; k++)
    for (int i = 0; i < 3; i++) {
      int v = count[i] - 1;
      while (v >= 0 && log[i][v].time > when[k]) v--;
      s += (v >= 0 ? log[i][v].value : a[i]) * (k + 1);
    }
  return s * log[0][0].value;
}
