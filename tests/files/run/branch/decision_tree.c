// A tree of thresholds in tables routes each sample to a leaf with a linear model.
//! ret REAL
//! dup REAL x[12] = fill(-1, 1)
//! dup REAL leaf[8] = fill(-1, 1)
#include "case.h"
REAL f(const REAL *x, const REAL *leaf) {
  static const unsigned char feature[3] = {0, 2, 1};
  static const double threshold[3] = {0.1, -0.2, 0.3};
  REAL loss = 0;
  for (int s = 0; s < 4; s++) {
    const REAL *sample = x + 3 * s;
    int node = 0;
    while (node < 3) node = 2 * node + 1 + (sample[feature[node]] > threshold[node]);
    const REAL *l = leaf + 2 * (node - 3);
    REAL y = l[0] * sample[0] + l[1] + sample[2] * sample[1];
    loss += y * y;
  }
  return loss;
}
