// Laplacian smoothing over a mesh with half edges: each vertex circulates around its neighbours.
//! ret REAL
//! dup struct vertex v[4] { .x .y .z } = fill(-1, 1)
//! const int twin[12] = 3 6 9 0 11 7 1 5 10 2 8 4
//! const int origin[12] = 0 1 2 1 0 3 2 1 3 0 2 3
#include "case.h"
struct vertex { REAL x, y, z; unsigned edge; };
static int next(int e) { return e - e % 3 + (e + 1) % 3; }
REAL f(struct vertex *v, const int *twin, const int *origin) {
  for (int round = 0; round < 2; round++)
    for (int i = 0; i < 4; i++) {
      int first = 0, e, valence = 0;
      while (origin[first] != i) first++;
      REAL sx = 0, sy = 0, sz = 0;
      e = first;
      do {
        const struct vertex *n = &v[origin[next(e)]];
        REAL w = 1 / (0.1 + (n->x - v[i].x) * (n->x - v[i].x) + (n->y - v[i].y) * (n->y - v[i].y));
        sx += w * n->x, sy += w * n->y, sz += w * n->z;
        e = next(twin[e]);
      } while (e != first && ++valence < 6);
      v[i].x += 0.1 * sx, v[i].y += 0.1 * sy, v[i].z += 0.1 * sz * v[i].x;
    }
  return v[0].x * v[1].y + v[2].z * v[3].x;
}
