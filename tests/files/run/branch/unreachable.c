// An arm that cannot return has no reverse counterpart.
//! ret REAL
//! out REAL x = 0.7
//! const int n = 2
#include "case.h"
REAL f(REAL x, int n) {
  switch (n) {
  case 1: return x;
  case 2: return x * x;
  }
  abort();
}
