// f(dup, const, const) -> active
// As fused.c, but an iteration reads what the one before wrote: the loop keeps its tape.
#include <math.h>
double f(const double *w, const double *x, int n) {
  double t[16] = {0}, s = 0;
  for (int i = 0; i < n; i++) {
    for (int j = 0; j < 16; j++)
      t[j] += exp(w[j] * x[i]);
    for (int j = 0; j < 16; j++)
      s += t[j] * t[15 - j];
  }
  return s;
}
