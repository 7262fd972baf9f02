// Records with a number, an integer and a float are sorted by gaps, then prefix sums weigh them.
//! dup struct rec r[9] { .key .w } = fill(-1, 1)
#include "case.h"
struct rec { REAL key; int id; REALF w; };
void f(struct rec *r) {
  for (int gap = 4; gap > 0; gap = gap == 4 ? 1 : 0)
    for (int i = gap; i < 9; i++) {
      struct rec t = r[i];
      int j = i;
      for (; j >= gap && r[j - gap].key > t.key; j -= gap) r[j] = r[j - gap];
      r[j] = t;
    }
  for (int i = 1; i < 9; i++) r[i].key += r[i - 1].key * r[i].w, r[i].w *= r[i - 1].w + 1;
}
