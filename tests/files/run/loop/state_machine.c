// A switch in an endless loop drives a machine.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
REAL f(REAL x) {
  REAL r = 1;
  int state = 0, steps = 0;
  for (;;) {
    switch (state) {
    case 0: r = r * x + 1; state = steps < 4 ? 1 : 3; break;
    case 1: r = r * r * 0.25; state = r > 0.3 ? 2 : 0; break;
    case 2: r = sin(r) + x; state = 0; break;
    case 3: return r * x;
    }
    steps++;
  }
}
