// The hull of points by a monotone chain over sorted indices; its perimeter and area.
//! ret REAL
//! dup REAL p[16] = fill(-1, 1)
#include "case.h"
static REAL turn(const REAL *a, const REAL *b, const REAL *c) { return (b[0] - a[0]) * (c[1] - a[1]) - (b[1] - a[1]) * (c[0] - a[0]); }
REAL f(const REAL *p) {
  int order[8], hull[17], n = 0;
  for (int i = 0; i < 8; i++) {
    int j = i;
    while (j > 0 && p[2 * order[j - 1]] > p[2 * i]) order[j] = order[j - 1], j--;
    order[j] = i;
  }
  for (int i = 0; i < 8; i++) {
    while (n >= 2 && turn(p + 2 * hull[n - 2], p + 2 * hull[n - 1], p + 2 * order[i]) <= 0) n--;
    hull[n++] = order[i];
  }
  for (int i = 6, lower = n + 1; i >= 0; i--) {
    while (n >= lower && turn(p + 2 * hull[n - 2], p + 2 * hull[n - 1], p + 2 * order[i]) <= 0) n--;
    hull[n++] = order[i];
  }
  REAL length = 0, area = 0;
  for (int i = 0; i + 1 < n; i++) {
    const REAL *a = p + 2 * hull[i], *b = p + 2 * hull[i + 1];
    length += hypot(a[0] - b[0], a[1] - b[1]);
    area += a[0] * b[1] - b[0] * a[1];
  }
  return length * area;
}
