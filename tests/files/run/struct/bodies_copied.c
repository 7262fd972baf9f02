// Bodies with arrays and an integer inside, copied as many as there are, then moved.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 3 | 1
#include "case.h"
struct body {
  REAL mass;
  REAL at[3];
  int id;
  REAL speed[3];
};
static void step(struct body *b, int n, REAL dt) {
  for (int i = 0; i < n; i++)
    for (int k = 0; k < 3; k++) {
      REAL pull = 0;
      for (int j = 0; j < n; j++) pull += b[j].mass * (b[j].at[k] - b[i].at[k]);
      b[i].speed[k] += dt * pull;
      b[i].at[k] += dt * b[i].speed[k];
    }
}
static REAL run(const struct body *start, int n) {
  struct body *b = (struct body *)malloc((n + 1) * sizeof(*b));
  memcpy(b, start, n * sizeof(*b));
  for (int t = 0; t < 3; t++) step(b, n, 0.1);
  REAL s = 0;
  for (int i = 0; i < n; i++)
    for (int k = 0; k < 3; k++) s += b[i].at[k] * b[i].speed[k] * (b[i].id + k);
  free(b);
  return s;
}
REAL f(const REAL *a, int n) {
  struct body start[3];
  for (int i = 0; i < 3; i++) {
    start[i].mass = a[i];
    start[i].id = i;
    for (int k = 0; k < 3; k++) {
      start[i].at[k] = a[i + k];
      start[i].speed[k] = a[i + k + 2] * a[k];
    }
  }
  return run(start, n);
}
