// A product by blocks with tails, the blocks copied to contiguous buffers first.
//! dup REAL a[25] = fill
//! dup REAL b[25] = fill
//! dup REAL c[25] = 0
#include "case.h"
enum { N = 5, B = 2 };
static int least(int a, int b) { return a < b ? a : b; }
void f(const REAL *a, const REAL *b, REAL *c) {
  REAL pa[B * B], pb[B * B];
  for (int i0 = 0; i0 < N; i0 += B)
    for (int k0 = 0; k0 < N; k0 += B) {
      int ni = least(B, N - i0), nk = least(B, N - k0);
      for (int i = 0; i < ni; i++)
        for (int k = 0; k < nk; k++) pa[i * nk + k] = a[(i0 + i) * N + k0 + k];
      for (int j0 = 0; j0 < N; j0 += B) {
        int nj = least(B, N - j0);
        for (int k = 0; k < nk; k++)
          for (int j = 0; j < nj; j++) pb[j * nk + k] = b[(k0 + k) * N + j0 + j];
        for (int i = 0; i < ni; i++)
          for (int j = 0; j < nj; j++) {
            REAL s = 0;
            for (int k = 0; k < nk; k++) s += pa[i * nk + k] * pb[j * nk + k];
            c[(i0 + i) * N + j0 + j] += s;
          }
      }
    }
}
