// Structs by value from one byte's worth to a cache line's: registers, pairs of registers, memory; both ways.
//! ret REAL
//! dup REAL a[9] = fill
#include "case.h"
struct s1 { REAL x; };
struct s2 { REAL x; int n; };
struct s3 { int n; REAL x; };
struct s4 { REALF x, y, z; };
struct s5 { REAL x; REALF y; char c; };
struct s6 { REAL v[3]; };
struct s7 { short k; REALF f; REAL d; long l; };
struct s8 { REAL v[8]; };
static NOINLINE struct s1 one(struct s1 s) { s.x *= s.x; return s; }
static NOINLINE struct s2 two(struct s2 s) { s.x *= s.n; s.n++; return s; }
static NOINLINE struct s3 three(struct s3 s) { s.x = sin(s.x) * s.n; return s; }
static NOINLINE struct s4 four(struct s4 s) { REALF t = s.x; s.x = s.y * s.z; s.z = t; return s; }
static NOINLINE struct s5 five(struct s5 s) { s.y *= s.x; s.x += s.c; return s; }
static NOINLINE struct s6 six(struct s6 s) { s.v[0] *= s.v[1]; s.v[2] += s.v[0]; return s; }
static NOINLINE struct s7 seven(struct s7 s) { s.d *= s.f; s.k += 2; s.f *= s.k; s.l -= 1; return s; }
static NOINLINE struct s8 eight(struct s8 s) { for (int i = 1; i < 8; i++) s.v[i] *= s.v[i - 1]; return s; }
REAL f(const REAL *a) {
  struct s1 p = {a[0]};
  struct s2 q = {a[1], 3};
  struct s3 r = {2, a[2]};
  struct s4 t = {(REALF)a[3], (REALF)a[4], (REALF)a[5]};
  struct s5 u = {a[6], (REALF)a[7], 2};
  struct s6 v;
  struct s7 w = {1, (REALF)a[8], a[0], 5};
  struct s8 x;
  for (int i = 0; i < 3; i++) v.v[i] = a[i];
  for (int i = 0; i < 8; i++) x.v[i] = a[i];
  p = one(p), q = two(two(q)), r = three(r), t = four(four(t)), u = five(u), v = six(v), w = seven(w), x = eight(x);
  return p.x * q.x + r.x * t.x + t.y * t.z + u.x * u.y + v.v[0] * v.v[2] + w.d * w.f * w.l + x.v[7] + q.n;
}
