// Explicit steps of a pendulum.
//! ret REAL
//! out REAL theta = 0.7
//! out REAL omega = -0.2
//! out REAL length = 1.3
//! const int steps = 20
#include "case.h"
REAL f(REAL theta, REAL omega, REAL length, int steps) {
  for (int i = 0; i < steps; i++) {
    REAL a = -9.81 / length * sin(theta);
    theta += 0.05 * omega;
    omega += 0.05 * a;
  }
  return theta * omega;
}
