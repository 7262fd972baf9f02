// The gain of a regulator by a backward recursion, then a rollout forward with the gains that were stored.
//! ret REAL
//! dup REAL A[4] = 1 0.1 -0.2 0.9
//! dup REAL x0[2] = 1 -0.5
//! out REAL cost = 0.3
#include "case.h"
REAL f(const REAL *A, const REAL *x0, REAL cost) {
  enum { T = 5 };
  REAL K[T][2], P[3] = {1, 0, 1}, x[2] = {x0[0], x0[1]}, J = 0;
  for (int t = T - 1; t >= 0; t--) {
    REAL s = cost + 0.01 * P[2], c0 = 0.1 * (P[1] * A[0] + P[2] * A[2]), c1 = 0.1 * (P[1] * A[1] + P[2] * A[3]);
    K[t][0] = c0 / s, K[t][1] = c1 / s;
    REAL q0 = A[0] * A[0] * P[0] + 2 * A[0] * A[2] * P[1] + A[2] * A[2] * P[2];
    REAL q1 = A[0] * A[1] * P[0] + (A[0] * A[3] + A[1] * A[2]) * P[1] + A[2] * A[3] * P[2];
    REAL q2 = A[1] * A[1] * P[0] + 2 * A[1] * A[3] * P[1] + A[3] * A[3] * P[2];
    P[0] = 1 + q0 - K[t][0] * c0, P[1] = q1 - K[t][0] * c1, P[2] = 1 + q2 - K[t][1] * c1;
  }
  for (int t = 0; t < T; t++) {
    REAL u = -(K[t][0] * x[0] + K[t][1] * x[1]), y = A[0] * x[0] + A[1] * x[1];
    J += x[0] * x[0] + x[1] * x[1] + cost * u * u;
    x[1] = A[2] * x[0] + A[3] * x[1] + 0.1 * u;
    x[0] = y;
  }
  return J;
}
