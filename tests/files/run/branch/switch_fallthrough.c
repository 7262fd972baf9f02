// Cases fall into each other, so blocks have two kinds of predecessors.
//! ret REAL
//! out REAL x = 0.7
//! const int k = 1 | 2 | 3 | 4
#include "case.h"
REAL f(REAL x, int k) {
  REAL r = x;
  switch (k) {
  case 3: r = r * x + 1;
  case 2: r = r * r;
  case 1: r = r + sin(r);
  default: break;
  }
  return r;
}
