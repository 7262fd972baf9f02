// Records with an array and a count, sorted by insertion: moved by assignment, ordered by one member.
//! ret REAL
//! dup struct part p[5] { .key .v[0] .v[1] .v[2] } = fill
#include "case.h"
struct part { REAL key; int k; REAL v[3]; };
static NOINLINE void sort(struct part *p, int n) {
  for (int i = 1; i < n; i++) {
    struct part t = p[i];
    int j = i;
    for (; j > 0 && p[j - 1].key > t.key; j--) p[j] = p[j - 1];
    p[j] = t;
  }
}
REAL f(struct part *p) {
  for (int i = 0; i < 5; i++) p[i].k = i;
  sort(p, 5);
  REAL s = 0;
  for (int i = 0; i < 5; i++) s += (i + 1 + p[i].k) * p[i].key;
  return s;
}
