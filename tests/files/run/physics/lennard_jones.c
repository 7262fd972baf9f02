// Pair forces with a cutoff in a periodic box, velocity Verlet, kinetic energy at the end.
//! ret REAL
//! dup struct atom a[4] { .x[0..2] .v[0..2] } = 0.5 0.5 0.1 0  1.7 0.6 -0.1 0.2  0.4 1.8 0 -0.1  3.4 3.3 0.2 0.1
//! const double box = 4
#include "case.h"
struct atom { REAL x[2], v[2]; int id; };
static void forces(const struct atom *a, int n, double box, REAL (*force)[2]) {
  for (int i = 0; i < n; i++) force[i][0] = force[i][1] = 0;
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++) {
      REAL d[2], r2 = 0;
      for (int k = 0; k < 2; k++) {
        d[k] = a[i].x[k] - a[j].x[k];
        d[k] -= box * nearbyint(VALUE(d[k]) / box);
        r2 += d[k] * d[k];
      }
      if (r2 > 4) continue;
      REAL s6 = 1 / (r2 * r2 * r2), pull = 24 * s6 * (2 * s6 - 1) / r2;
      for (int k = 0; k < 2; k++) force[i][k] += pull * d[k], force[j][k] -= pull * d[k];
    }
}
REAL f(struct atom *a, double box) {
  REAL force[4][2], kinetic = 0;
  forces(a, 4, box, force);
  for (int t = 0; t < 3; t++) {
    for (int i = 0; i < 4; i++)
      for (int k = 0; k < 2; k++) {
        a[i].v[k] += 0.005 * force[i][k];
        a[i].x[k] += 0.01 * a[i].v[k];
      }
    forces(a, 4, box, force);
    for (int i = 0; i < 4; i++)
      for (int k = 0; k < 2; k++) a[i].v[k] += 0.005 * force[i][k];
  }
  for (int i = 0; i < 4; i++) kinetic += a[i].v[0] * a[i].v[0] + a[i].v[1] * a[i].v[1];
  return kinetic;
}
