// Weights by distance and by difference of brightness: a filter that depends on what it filters.
//! dup REAL im[16] = fill
//! dup REAL out[16] = 0
//! out REAL sigma = 0.4
#include "case.h"
void f(const REAL *im, REAL *out, REAL sigma) {
  for (int y = 0; y < 4; y++)
    for (int x = 0; x < 4; x++) {
      REAL sum = 0, weight = 0, centre = im[4 * y + x];
      for (int v = y > 0 ? y - 1 : 0; v <= y + 1 && v < 4; v++)
        for (int u = x > 0 ? x - 1 : 0; u <= x + 1 && u < 4; u++) {
          REAL d = im[4 * v + u] - centre, g = exp(-(d * d) / (2 * sigma * sigma) - 0.3 * ((u - x) * (u - x) + (v - y) * (v - y)));
          sum += g * im[4 * v + u], weight += g;
        }
      out[4 * y + x] = sum / weight;
    }
}
