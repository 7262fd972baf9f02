// Bytes of numbers are summed up; the sum is kept beside them and decides nothing about their derivative.
//! ret REAL
//! dup REAL x[4] = 1.5 0.7 2.3 1.1 | fill(-1, 2)
#include "case.h"
struct entry { unsigned key; REAL value; };
NOINLINE static unsigned sum(const void *p, size_t n) {
  const unsigned char *c = (const unsigned char *)p;
  unsigned r = 7;
  for (size_t i = 0; i < n; i++) r = r * 31 + c[i];
  return r;
}
NOINLINE static void set(struct entry *e, unsigned key, REAL v) {
  e->key = key;
  e->value = v;
}
REAL f(REAL *x) {
  struct entry e[4], t[4];
  for (int i = 0; i < 4; i++) set(&e[i], sum(&x[i], sizeof(double)), x[i] * x[i]);
  memcpy((void *)t, e, sizeof e);
  REAL r = 0;
  for (int i = 0; i < 4; i++) r += t[i].value * (int)((t[i].key & 0) + 1 + i);
  return r;
}
