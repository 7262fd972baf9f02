// Bit reversal and butterflies with computed strides.
//! dup REAL re[8] = fill(-1, 1)
//! dup REAL im[8] = fill(-1, 1)
#include "case.h"
void f(REAL *re, REAL *im) {
  for (int i = 1, j = 0; i < 8; i++) {
    int bit = 4;
    for (; j & bit; bit >>= 1) j ^= bit;
    j ^= bit;
    if (i < j) {
      REAL t = re[i];
      re[i] = re[j], re[j] = t;
      t = im[i];
      im[i] = im[j], im[j] = t;
    }
  }
  for (int len = 2; len <= 8; len <<= 1)
    for (int i = 0; i < 8; i += len)
      for (int k = 0; k < len / 2; k++) {
        double c = cos(6.283185307179586 * k / len), s = sin(6.283185307179586 * k / len);
        int p = i + k, q = i + k + len / 2;
        REAL tr = re[q] * c + im[q] * s, ti = im[q] * c - re[q] * s;
        re[q] = re[p] - tr, im[q] = im[p] - ti;
        re[p] += tr, im[p] += ti;
      }
}
