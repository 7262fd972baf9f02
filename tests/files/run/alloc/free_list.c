// First fit over a list of blocks in one array: headers are integers in the same memory as the numbers.
//! ret REAL
//! dup REAL a[4] = fill
#include "case.h"
struct header { int size, used; };
struct slot { struct header h; REAL data[3]; };
static struct slot *find(struct slot *arena, int n, int size) {
  for (int i = 0; i < n; i++)
    if (!arena[i].h.used && arena[i].h.size >= size) {
      arena[i].h.used = 1;
      return &arena[i];
    }
  return NULL;
}
REAL f(const REAL *a) {
  struct slot *arena = (struct slot *)calloc(4, sizeof(struct slot));
  for (int i = 0; i < 4; i++) arena[i].h.size = 1 + i % 3;
  struct slot *x = find(arena, 4, 2), *y = find(arena, 4, 1);
  for (int i = 0; i < 2; i++) x->data[i] = a[i] * a[i + 1];
  y->data[0] = x->data[0] * x->data[1];
  x->h.used = 0;
  struct slot *z = find(arena, 4, 2);
  for (int i = 0; i < 2; i++) z->data[i] = z->data[i] * a[3] + y->data[0];
  REAL r = z->data[0] / z->data[1] + y->data[0];
  free(arena);
  return r;
}
