// Runs of doubling length are merged between two buffers; inversions weigh the result.
//! ret REAL
//! dup REAL x[11] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *x) {
  REAL a[11], b[11], *from = a, *to = b, moved = 0, s = 0;
  memcpy(a, x, sizeof a);
  for (int w = 1; w < 11; w *= 2) {
    for (int lo = 0; lo < 11; lo += 2 * w) {
      int mid = lo + w < 11 ? lo + w : 11, hi = lo + 2 * w < 11 ? lo + 2 * w : 11, i = lo, j = mid;
      for (int k = lo; k < hi; k++) {
        if (j >= hi || (i < mid && from[i] <= from[j])) to[k] = from[i++];
        else {
          moved += (mid - i) * from[j];
          to[k] = from[j++];
        }
      }
    }
    REAL *t = from;
    from = to, to = t;
  }
  for (int i = 0; i < 11; i++) s += from[i] * i;
  return s + moved * moved;
}
