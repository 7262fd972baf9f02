// Sets with offsets along their links, compressed while they are looked up.
//! ret REAL
//! dup REAL d[5] = fill(-1, 1)
//! const int pair[10] = 0 1 2 3 1 3 4 5 5 0
#include "case.h"
struct sets { int parent[6]; REAL offset[6]; };
static NOINLINE int find(struct sets *s, int i) {
  if (s->parent[i] == i) return i;
  int up = s->parent[i], root = find(s, up);
  s->offset[i] += up == root ? 0 * s->offset[up] : s->offset[up];
  return s->parent[i] = root;
}
REAL f(const REAL *d, const int *pair) {
  struct sets s;
  REAL r = 0;
  for (int i = 0; i < 6; i++) s.parent[i] = i, s.offset[i] = 0;
  for (int k = 0; k < 5; k++) {
    int a = pair[2 * k], b = pair[2 * k + 1], ra = find(&s, a), rb = find(&s, b);
    if (ra == rb) continue;
    s.parent[rb] = ra;
    s.offset[rb] = s.offset[a] + d[k] - s.offset[b];
  }
  for (int i = 0; i < 6; i++) {
    find(&s, i);
    r += s.offset[i] * s.offset[i] * (i + 1);
  }
  return r;
}
