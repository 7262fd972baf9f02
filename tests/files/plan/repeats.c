// f(dup, dup, const, const) -> active
// r does not depend on k, so its row is kept once an i; the twiddles w start anew in each j; what goes on
// from iteration to iteration is kept in full.
#include <string.h>
double f(const double *x, const double *start, int n, int m) {
  double r[64], sum = 0, on = 1;
  memcpy(r, start, sizeof r);
  for (int i = 0; i < n; i++)
    for (int k = 0; k < n; k++) {
      double s = 0;
      for (int j = 0; j < m; j++)
        s += r[i * m + j] * x[k * m + j];
      sum += s * s;
    }
  memset(r, 0, sizeof r);
  for (int j = 0; j < n; j++) {
    double w = 1;
    for (int k = 0; k < m; k++) {
      sum += x[k] * w;
      w = w * w - 0.5;
    }
    for (int k = 0; k < m; k++) {
      sum += x[k] * on;
      on = on * on - 0.25;
    }
  }
  return sum + r[n];
}
