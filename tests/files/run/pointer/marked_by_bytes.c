// Slots of a table of nodes are marked as empty by bytes of ones: no address, and not null either. Numbers beside the
// pointers are marked so, too, before they are set.
//! ret REAL
//! out REAL x = 0.7
//! dup REAL a[6] = 1.2 0.9 -0.4 1.1 0.5 -0.8
//! const int n = 6 | 3 | 1
#include "case.h"
struct slot {
  REAL *value;
  REAL weight;
  struct slot *next;
};
#define EMPTY ((struct slot *)(intptr_t)-1)
static NOINLINE REAL total(const struct slot *slots, int count) {
  REAL sum = 0;
  for (int i = 0; i < count; i++) {
    if (slots[i].value == (REAL *)(intptr_t)-1) continue;
    for (const struct slot *s = &slots[i]; s != EMPTY; s = s->next) sum += *s->value * s->weight * s->weight;
  }
  return sum;
}
REAL f(REAL x, REAL *a, int n) {
  struct slot slots[8];
  struct slot *more = (struct slot *)malloc(8 * sizeof(struct slot));
  memset((void *)slots, 0xff, sizeof slots);
  memset((void *)more, -1, 8 * sizeof(struct slot));
  for (int i = 0; i < n; i++) {
    struct slot *s = i % 3 == 2 ? &more[i] : &slots[(i * 5) % 8];
    s->value = &a[i];
    s->weight = x + a[n - 1 - i];
    if (i % 3 == 2) {
      slots[(i * 5 + 3) % 8].next = s;
    }
  }
  REAL sum = total(slots, 8) * x + total(more, 8);
  free(more);
  return sum;
}
