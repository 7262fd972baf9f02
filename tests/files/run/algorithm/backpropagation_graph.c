// A tape of operations, replayed forwards: operands by index.
//! ret REAL
//! dup REAL x[3] = fill
//! const int op[5] = 0 1 2 0 1
//! const int l[5] = 0 1 3 4 5
//! const int r[5] = 1 2 0 2 6
#include "case.h"
REAL f(const REAL *x, const int *op, const int *l, const int *r) {
  REAL v[8];
  for (int i = 0; i < 3; i++) v[i] = x[i];
  for (int i = 0; i < 5; i++) switch (op[i]) {
    case 0: v[3 + i] = v[l[i]] * v[r[i]]; break;
    case 1: v[3 + i] = v[l[i]] + sin(v[r[i]]); break;
    default: v[3 + i] = v[l[i]] / v[r[i]];
    }
  return v[7];
}
