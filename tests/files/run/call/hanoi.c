// The towers of Hanoi: two recursive calls around one action on shared stacks.
//! ret REAL
//! dup REAL disk[4] = fill
#include "case.h"
struct peg { REAL disks[4]; int n; };
static NOINLINE void move(struct peg *pegs, int n, int from, int to, REAL *work) {
  if (n == 0) return;
  int over = 3 - from - to;
  move(pegs, n - 1, from, over, work);
  REAL d = pegs[from].disks[--pegs[from].n];
  *work += d * (pegs[to].n ? pegs[to].disks[pegs[to].n - 1] : 1);
  pegs[to].disks[pegs[to].n++] = d * 1.01;
  move(pegs, n - 1, over, to, work);
}
REAL f(const REAL *disk) {
  struct peg pegs[3];
  REAL work = 0;
  for (int p = 0; p < 3; p++) pegs[p].n = 0;
  for (int i = 0; i < 4; i++) pegs[0].disks[pegs[0].n++] = disk[i];
  move(pegs, 4, 0, 2, &work);
  return work * pegs[2].disks[3];
}
