// Springs between masses listed as pairs; forces are scattered, masses move, springs that stretch too far break.
//! ret REAL
//! dup REAL x[10] = 0 0 1.1 0.1 2 0 0.9 1.2 2.1 0.9
//! dup REAL k[6] = fill
//! const int pair[12] = 0 1 1 2 0 3 1 3 2 4 3 4
#include "case.h"
REAL f(const REAL *x, const REAL *k, const int *pair) {
  REAL p[10], v[10], force[10], energy = 0;
  int broken[6] = {0, 0, 0, 0, 0, 0};
  for (int i = 0; i < 10; i++) p[i] = x[i], v[i] = 0;
  for (int t = 0; t < 5; t++) {
    for (int i = 0; i < 10; i++) force[i] = 0;
    for (int s = 0; s < 6; s++) {
      if (broken[s]) continue;
      const REAL *a = p + 2 * pair[2 * s], *b = p + 2 * pair[2 * s + 1];
      REAL dx = b[0] - a[0], dy = b[1] - a[1], length = sqrt(dx * dx + dy * dy), pull = k[s] * (length - 1) / length;
      if (length > 1.45) broken[s] = 1;
      force[2 * pair[2 * s]] += pull * dx, force[2 * pair[2 * s] + 1] += pull * dy;
      force[2 * pair[2 * s + 1]] -= pull * dx, force[2 * pair[2 * s + 1] + 1] -= pull * dy;
    }
    for (int i = 0; i < 10; i++) v[i] = 0.95 * (v[i] + 0.1 * force[i]), p[i] += 0.1 * v[i];
  }
  for (int i = 0; i < 10; i++) energy += v[i] * v[i] + p[i] * (i + 1);
  return energy;
}
