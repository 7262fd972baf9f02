// Running sums along rows and columns, with edges repeated, in place through a line buffer.
//! dup REAL im[20] = fill
//! const int w = 5
//! const int h = 4
#include "case.h"
static void line(REAL *p, int n, int stride) {
  REAL old[8], sum = 0;
  for (int i = 0; i < n; i++) old[i] = p[i * stride];
  sum = old[0] + old[0] + old[1];
  for (int i = 0; i < n; i++) {
    p[i * stride] = sum / 3 * old[i];
    int in = i + 2 < n ? i + 2 : n - 1, out = i - 1 > 0 ? i - 1 : 0;
    sum += old[in] - old[out];
  }
}
void f(REAL *im, int w, int h) {
  for (int y = 0; y < h; y++) line(im + y * w, w, 1);
  for (int x = 0; x < w; x++) line(im + x, h, w);
}
