// Rays against triangles by Moller and Trumbore, the nearest hit shaded by its interpolated normal.
//! ret REAL
//! dup REAL vertex[18] = -1 -1 3 1 -1 3.2 0 1 2.8 -1 0 4 1 0.2 4 0 1.5 4.5
//! dup REAL light[3] = 0.3 0.8 -0.5
#include "case.h"
struct v3 { REAL x, y, z; };
static struct v3 sub(struct v3 a, struct v3 b) { struct v3 r = {a.x - b.x, a.y - b.y, a.z - b.z}; return r; }
static struct v3 cross(struct v3 a, struct v3 b) { struct v3 r = {a.y * b.z - a.z * b.y, a.z * b.x - a.x * b.z, a.x * b.y - a.y * b.x}; return r; }
static REAL dot(struct v3 a, struct v3 b) { return a.x * b.x + a.y * b.y + a.z * b.z; }
static struct v3 at(const REAL *p) { struct v3 r = {p[0], p[1], p[2]}; return r; }
REAL f(const REAL *vertex, const REAL *light) {
  REAL image = 0;
  for (int pixel = 0; pixel < 9; pixel++) {
    struct v3 d = {0.2 * (pixel % 3 - 1), 0.2 * (pixel / 3 - 1), 1}, n = {0, 0, 0};
    REAL nearest = 1e9;
    for (int t = 0; t < 2; t++) {
      struct v3 a = at(vertex + 9 * t), e1 = sub(at(vertex + 9 * t + 3), a), e2 = sub(at(vertex + 9 * t + 6), a), p = cross(d, e2);
      REAL det = dot(e1, p);
      if (fabs(det) < 1e-9) continue;
      struct v3 o = {-a.x, -a.y, -a.z};
      REAL u = dot(o, p) / det;
      if (u < 0 || u > 1) continue;
      struct v3 q = cross(o, e1);
      REAL v = dot(d, q) / det, s = dot(e2, q) / det;
      if (v < 0 || u + v > 1 || s >= nearest) continue;
      nearest = s;
      n = cross(e1, e2);
    }
    if (nearest < 1e9) image += (1 + fabs(dot(n, at(light))) / sqrt(dot(n, n))) / nearest * (pixel + 1);
  }
  return image;
}
