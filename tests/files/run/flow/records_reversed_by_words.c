// Records of a count and a number are moved word by word.
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
#include "case.h"
typedef int64_t __attribute__((may_alias)) word;
struct record { int64_t k; REAL v; };
NOINLINE static void move(word *to, const word *from, size_t n) {
  for (size_t i = 0; i < n; i++) to[i] = from[i];
}
REAL f(REAL *x) {
  struct record a[4], b[4];
  for (int i = 0; i < 4; i++) {
    a[i].v = x[i];
    a[i].k = i * 2 + 1;
  }
  for (int i = 0; i < 4; i++)
    move((word *)&b[i], (const word *)&a[3 - i], sizeof a[0] / sizeof(word));
  REAL sum = 0;
  for (int i = 0; i < 4; i++) sum += b[i].v * b[i].v * (REAL)(b[i].k + 1);
  return sum;
}
