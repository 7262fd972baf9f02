// f(dup, const, const) -> active
// The place of the largest number in scratch is found in a loop, and is among those that the iteration wrote. What is
// behind it has an address that costs as much to keep as the place, but iterations that run in the reverse pass make none.
#include <math.h>
double f(const double *w, const double *x, int n) {
  double t[16], s = 0;
  for (int i = 0; i < n; i++) {
    for (long j = 0; j < 16; j++)
      t[j] = sin(w[j] * x[i]);
    long at = 0;
    double best = -1;
    for (long j = 0; j < 16; j++)
      if (t[j] > best) {
        best = t[j];
        at = j;
      }
    for (long j = 0; j < 16; j++)
      s += exp(t[j] - t[at]);
  }
  return s;
}
