// An oscillator follows a signal: phase wraps into a period, lock is counted.
//! ret REAL
//! dup REAL x[16] = fill(-1, 1)
//! out REAL gain = 0.4
#include "case.h"
REAL f(const REAL *x, REAL gain) {
  REAL phase = 0, frequency = 0.9, out = 0;
  int wraps = 0, locked = 0;
  for (int t = 0; t < 16; t++) {
    REAL error = x[t] * cos(phase);
    frequency += 0.05 * gain * error;
    phase += frequency + gain * error;
    if (phase > 3.141592653589793) phase -= 6.283185307179586, wraps++;
    locked = fabs(error) < 0.5 ? locked + 1 : 0;
    out += phase * phase * 0.01 + locked * error;
  }
  return out + frequency * wraps;
}
