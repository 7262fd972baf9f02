// A table big enough that nobody wants to see it twice.
//! ret REAL
//! out REAL x = 0.37 | 0.93
#include "case.h"
static const float grid[64] = {
    0.00f, 0.10f, 0.19f, 0.28f, 0.36f, 0.43f, 0.49f, 0.54f, 0.58f, 0.61f, 0.63f, 0.64f, 0.64f, 0.63f, 0.61f, 0.58f,
    0.54f, 0.49f, 0.43f, 0.36f, 0.28f, 0.19f, 0.10f, 0.00f, -.10f, -.19f, -.28f, -.36f, -.43f, -.49f, -.54f, -.58f,
    -.61f, -.63f, -.64f, -.64f, -.63f, -.61f, -.58f, -.54f, -.49f, -.43f, -.36f, -.28f, -.19f, -.10f, 0.00f, 0.10f,
    0.19f, 0.28f, 0.36f, 0.43f, 0.49f, 0.54f, 0.58f, 0.61f, 0.63f, 0.64f, 0.64f, 0.63f, 0.61f, 0.58f, 0.54f, 0.49f};
REAL f(REAL x) {
  REAL t = x * 60.0;
  int i = (int)t;
  REAL u = t - i;
  return (grid[i] * (1.0 - u) + grid[i + 1] * u) * x;
}
