// f(dup, const, const) -> active
// The scratch is written before it is read in every iteration, and the sum is all that leaves the
// loop: iterations run in the reverse pass, and the tape is that of one.
#include <math.h>
double f(const double *w, const double *x, int n) {
  double t[16], s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 16; j++)
      t[j] = exp(w[j] * x[i]);
    for (int j = 0; j < 16; j++)
      s += t[j] * t[15 - j];
  }
  return s;
}
