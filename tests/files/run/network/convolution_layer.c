// Two channels in, three out, a 3 by 3 kernel with padding, bias, rectifier and average pooling.
//! ret REAL
//! dup REAL image[32] = fill(-1, 1)
//! dup REAL kernel[54] = fill(-0.5, 0.5)
//! dup REAL bias[3] = fill(-0.1, 0.1)
#include "case.h"
REAL f(const REAL *image, const REAL *kernel, const REAL *bias) {
  REAL loss = 0;
  for (int o = 0; o < 3; o++) {
    REAL map[4][4];
    for (int y = 0; y < 4; y++)
      for (int x = 0; x < 4; x++) {
        REAL s = bias[o];
        for (int c = 0; c < 2; c++)
          for (int ky = -1; ky <= 1; ky++)
            for (int kx = -1; kx <= 1; kx++) {
              int yy = y + ky, xx = x + kx;
              if (yy < 0 || yy > 3 || xx < 0 || xx > 3) continue;
              s += image[16 * c + 4 * yy + xx] * kernel[18 * o + 9 * c + 3 * (ky + 1) + kx + 1];
            }
        map[y][x] = s > 0 ? s : 0.01 * s;
      }
    for (int y = 0; y < 4; y += 2)
      for (int x = 0; x < 4; x += 2) {
        REAL pooled = (map[y][x] + map[y][x + 1] + map[y + 1][x] + map[y + 1][x + 1]) / 4;
        loss += pooled * pooled * (o + 1);
      }
  }
  return loss;
}
