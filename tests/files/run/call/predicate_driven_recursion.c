// Ranges are split where a predicate over their contents says so; leaves are summed by kind.
//! ret REAL
//! dup REAL a[16] = fill(-1, 1)
#include "case.h"
static REAL range(const REAL *a, int lo, int hi, REAL *least) {
  REAL greatest = a[lo];
  *least = a[lo];
  for (int i = lo + 1; i < hi; i++) {
    if (a[i] > greatest) greatest = a[i];
    if (a[i] < *least) *least = a[i];
  }
  return greatest - *least;
}
static NOINLINE REAL split(const REAL *a, int lo, int hi, int depth) {
  REAL least, width = range(a, lo, hi, &least);
  if (hi - lo <= 2 || width < 0.7) return width * (hi - lo) + least * depth;
  int cut = width > 1.4 ? (lo + hi) / 2 : lo + (hi - lo + 2) / 3;
  return split(a, lo, cut, depth + 1) * 0.9 + split(a, cut, hi, depth + 1);
}
REAL f(const REAL *a) { return split(a, 0, 16, 1); }
