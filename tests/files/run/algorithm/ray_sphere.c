// Discriminant, root and normal, or a miss.
//! ret REAL
//! dup REAL o[3] = 0 0 -3 | 5 5 -3
//! dup REAL d[3] = 0.1 0.2 1
//! out REAL radius = 1.2
#include "case.h"
REAL f(const REAL *o, const REAL *d, REAL radius) {
  REAL a = 0, b = 0, c = -radius * radius;
  for (int i = 0; i < 3; i++) a += d[i] * d[i], b += o[i] * d[i], c += o[i] * o[i];
  REAL disc = b * b - a * c;
  if (disc < 0) return 0.01 * disc;
  REAL t = (-b - sqrt(disc)) / a;
  REAL n = 0;
  for (int i = 0; i < 3; i++) n += (o[i] + t * d[i]) * (i + 1);
  return n / radius;
}
