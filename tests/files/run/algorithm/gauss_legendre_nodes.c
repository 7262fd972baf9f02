// Nodes and weights of a rule by Newton on Legendre's recurrence, used for an integrand with a parameter.
//! ret REAL
//! out REAL a = 0.8
#include "case.h"
REAL f(REAL a) {
  REAL sum = 0;
  for (int i = 0; i < 4; i++) {
    double x = cos(3.141592653589793 * (i + 0.75) / 4.5), dp = 1;
    for (int it = 0; it < 20; it++) {
      double p0 = 1, p1 = x;
      for (int k = 2; k <= 4; k++) { double p2 = ((2 * k - 1) * x * p1 - (k - 1) * p0) / k; p0 = p1, p1 = p2; }
      dp = 4 * (x * p1 - p0) / (x * x - 1);
      double step = p1 / dp;
      x -= step;
      if (fabs(step) < 1e-15) break;
    }
    sum += 2 / ((1 - x * x) * dp * dp) * exp(-a * x * x) * cos(a * x);
  }
  return sum;
}
