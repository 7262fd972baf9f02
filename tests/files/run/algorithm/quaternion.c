// Products of quaternions by value.
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
#include "case.h"
struct quat { REAL w, x, y, z; };
NOINLINE static struct quat mul(struct quat a, struct quat b) {
  struct quat r = {a.w * b.w - a.x * b.x - a.y * b.y - a.z * b.z, a.w * b.x + a.x * b.w + a.y * b.z - a.z * b.y,
                   a.w * b.y - a.x * b.z + a.y * b.w + a.z * b.x, a.w * b.z + a.x * b.y - a.y * b.x + a.z * b.w};
  return r;
}
REAL f(const REAL *a, const REAL *b) {
  struct quat p = {a[0], a[1], a[2], a[3]}, q = {b[0], b[1], b[2], b[3]};
  struct quat r = mul(mul(p, q), p);
  return r.w * r.x + r.y * r.z;
}
