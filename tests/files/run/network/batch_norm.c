// Statistics over the batch, running averages in the layer's record, scale and shift.
//! dup REAL x[12] = fill(-1, 1)
//! dup struct norm layer[1] { .gamma[0..3] .beta[0..3] .mean[0..3] .var[0..3] } = fill
#include "case.h"
struct norm { REAL gamma[3], beta[3], mean[3], var[3]; int steps; };
void f(REAL *x, struct norm *layer) {
  for (int c = 0; c < 3; c++) {
    REAL mean = 0, var = 0;
    for (int i = 0; i < 4; i++) mean += x[3 * i + c] / 4;
    for (int i = 0; i < 4; i++) var += (x[3 * i + c] - mean) * (x[3 * i + c] - mean) / 4;
    layer->mean[c] = 0.9 * layer->mean[c] + 0.1 * mean;
    layer->var[c] = 0.9 * layer->var[c] + 0.1 * var;
    REAL scale = layer->gamma[c] / sqrt(var + 1e-5);
    for (int i = 0; i < 4; i++) x[3 * i + c] = (x[3 * i + c] - mean) * scale + layer->beta[c];
  }
  layer->steps++;
}
