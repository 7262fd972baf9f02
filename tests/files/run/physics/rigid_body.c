// A spinning body: attitude as a quaternion that is normalized, angular momentum in body axes.
//! ret REAL
//! dup struct body b[1] { .q[0..4] .w[0..3] .inertia[0..3] } = 1 0 0 0 0.3 0.5 -0.2 1 2 3
#include "case.h"
struct body { REAL q[4], w[3], inertia[3]; };
static void turn(struct body *b, REAL h) {
  REAL *q = b->q, *w = b->w, *I = b->inertia, d[4], n = 0;
  REAL t0 = (I[1] - I[2]) / I[0] * w[1] * w[2], t1 = (I[2] - I[0]) / I[1] * w[2] * w[0], t2 = (I[0] - I[1]) / I[2] * w[0] * w[1];
  w[0] += h * t0, w[1] += h * t1, w[2] += h * t2;
  d[0] = -q[1] * w[0] - q[2] * w[1] - q[3] * w[2];
  d[1] = q[0] * w[0] + q[2] * w[2] - q[3] * w[1];
  d[2] = q[0] * w[1] + q[3] * w[0] - q[1] * w[2];
  d[3] = q[0] * w[2] + q[1] * w[1] - q[2] * w[0];
  for (int i = 0; i < 4; i++) q[i] += 0.5 * h * d[i], n += q[i] * q[i];
  n = 1 / sqrt(n);
  for (int i = 0; i < 4; i++) q[i] *= n;
}
REAL f(struct body *b) {
  for (int t = 0; t < 6; t++) turn(b, 0.1);
  return b->q[0] * b->w[0] + b->q[1] * b->q[2] + b->w[2] * b->w[1];
}
