// Rays through absorbing layers: optical depth accumulates, emission is attenuated by what lies above.
//! ret REAL
//! dup struct layer l[5] { .density .temperature } = fill
//! dup REAL cross[2] = 0.8 1.4
#include "case.h"
struct layer { REAL density, temperature; unsigned char cloudy; };
REAL f(const struct layer *l, const REAL *cross) {
  REAL seen = 0;
  for (int band = 0; band < 2; band++) {
    REAL depth = 0;
    for (int i = 4; i >= 0; i--) {
      REAL tau = cross[band] * l[i].density * (l[i].cloudy ? 2 : 1);
      REAL planck = 1 / (exp((1 + band) / l[i].temperature) - 1);
      seen += planck * exp(-depth) * -expm1(-tau);
      depth += tau;
    }
    seen += 0.1 * exp(-depth);
  }
  return seen;
}
