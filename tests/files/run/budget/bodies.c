// Structs of the caller's: positions and velocities are next to each other.
//! ret REAL
//! dup struct body b[3] { .x[0..3] .v[0..3] } = fill(-0.8, 0.8)
//! const int n = 3
//! const int steps = 10
//! options tape-budget=2000
#include "case.h"
struct body { REAL x[3]; REAL v[3]; };
REAL f(struct body *b, int n, int steps) {
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      for (int j = 0; j < n; j++) {
        REAL square = 0.5, d[3];
        for (int c = 0; c < 3; c++) {
          d[c] = b[j].x[c] - b[i].x[c];
          square += d[c] * d[c];
        }
        for (int c = 0; c < 3; c++)
          b[i].v[c] += 0.02 * d[c] / (square * sqrt(square));
      }
    for (int i = 0; i < n; i++) {
      for (int c = 0; c < 3; c++)
        b[i].x[c] += 0.1 * b[i].v[c] * (1 + 0.01 * t);
    }
  }
  REAL s = 0;
  for (int i = 0; i < n; i++)
    s += b[i].x[0] * b[i].x[1] + b[i].v[0];
  return s;
}
