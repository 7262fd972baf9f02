// A polygon is clipped by half planes one after another: vertices come and go between two lists.
//! ret REAL
//! dup REAL p[8] = 0 0 2 0.1 2.2 1.9 -0.1 1.7
//! dup REAL line[6] = 1 0.2 1.5 -0.4 1 1.2
#include "case.h"
struct polygon { int n; REAL v[12][2]; };
static void clip(const struct polygon *in, const REAL *l, struct polygon *out) {
  out->n = 0;
  for (int i = 0; i < in->n; i++) {
    const REAL *a = in->v[i], *b = in->v[(i + 1) % in->n];
    REAL da = l[0] * a[0] + l[1] * a[1] - l[2], db = l[0] * b[0] + l[1] * b[1] - l[2];
    if (da <= 0) {
      out->v[out->n][0] = a[0];
      out->v[out->n++][1] = a[1];
    }
    if ((da < 0) != (db < 0)) {
      REAL t = da / (da - db);
      for (int k = 0; k < 2; k++) out->v[out->n][k] = a[k] + t * (b[k] - a[k]);
      out->n++;
    }
  }
}
REAL f(const REAL *p, const REAL *line) {
  struct polygon a, b;
  a.n = 4;
  for (int i = 0; i < 8; i++) a.v[i / 2][i % 2] = p[i];
  clip(&a, line, &b);
  clip(&b, line + 3, &a);
  REAL area = 0;
  for (int i = 0; i < a.n; i++) area += a.v[i][0] * a.v[(i + 1) % a.n][1] - a.v[(i + 1) % a.n][0] * a.v[i][1];
  return area * area;
}
