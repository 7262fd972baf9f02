// A curve as a table with slopes; each pixel finds its interval and is interpolated cubically.
//! dup REAL im[10] = fill(0.05, 0.95)
//! dup REAL curve[6] = 0 0.3 0.45 0.6 0.85 1
#include "case.h"
void f(REAL *im, const REAL *curve) {
  REAL slope[6];
  for (int i = 0; i < 6; i++) slope[i] = 0.5 * (curve[i < 5 ? i + 1 : 5] - curve[i > 0 ? i - 1 : 0]);
  for (int p = 0; p < 10; p++) {
    REAL at = im[p] * 5;
    int i = (int)VALUE(at);
    REAL t = at - i, t2 = t * t, t3 = t2 * t;
    im[p] = (2 * t3 - 3 * t2 + 1) * curve[i] + (t3 - 2 * t2 + t) * slope[i] + (3 * t2 - 2 * t3) * curve[i + 1] + (t3 - t2) * slope[i + 1];
  }
}
