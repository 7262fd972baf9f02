// A table of constants.
//! ret REAL
//! out REAL x = 0.7
#include "case.h"
static const double coefficient[5] = {1.0, -0.5, 0.25, 2.0, -1.0};
REAL f(REAL x) {
  REAL s = 0;
  for (int i = 0; i < 5; i++) s = s * x + coefficient[i];
  return s;
}
