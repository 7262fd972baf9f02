// A recursive function returns a pair, which its caller takes apart.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
typedef struct {
  REAL sum, product;
} Pair;
static Pair fold(const REAL *a, int low, int high) {
  Pair r;
  if (high - low == 1) {
    r.sum = a[low];
    r.product = 1 + a[low] * a[low];
    return r;
  }
  int mid = (low + high) / 2;
  Pair left = fold(a, low, mid), right = fold(a, mid, high);
  r.sum = left.sum + right.product * left.sum;
  r.product = left.product - right.sum;
  return r;
}
REAL f(REAL *a, int n) {
  Pair whole = fold(a, 0, n);
  return whole.sum * whole.product;
}
