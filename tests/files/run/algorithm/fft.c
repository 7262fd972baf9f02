// A recursive Fourier transform with strides and scratch memory.
//! ret REAL
//! dup REAL re[8] = fill(-1, 1)
//! dup REAL im[8] = fill(-1, 1)
#include "case.h"
NOINLINE static void fft(REAL *re, REAL *im, int n, int stride, REAL *re2, REAL *im2) {
  if (n == 1) {
    re2[0] = re[0];
    im2[0] = im[0];
    return;
  }
  int h = n / 2;
  fft(re, im, h, 2 * stride, re2, im2);
  fft(re + stride, im + stride, h, 2 * stride, re2 + h, im2 + h);
  for (int k = 0; k < h; k++) {
    double c = cos(-6.283185307179586 * k / n), s = sin(-6.283185307179586 * k / n);
    REAL tr = re2[k + h] * c - im2[k + h] * s, ti = re2[k + h] * s + im2[k + h] * c;
    re2[k + h] = re2[k] - tr;
    im2[k + h] = im2[k] - ti;
    re2[k] += tr;
    im2[k] += ti;
  }
}
REAL f(REAL *re, REAL *im) {
  REAL a[8], b[8], s = 0;
  fft(re, im, 8, 1, a, b);
  for (int k = 0; k < 8; k++) s += (a[k] * a[k] + b[k] * b[k]) * (k + 1);
  return s;
}
