// A map from integers to words; the words hold numbers.
//! ret REAL
//! out REAL x = 1.25 | -0.5
//! out REAL y = 0.75 | 2
#include "case.h"
struct entry { int64_t key; WORD value; };
struct map { struct entry e[4]; int64_t n; };
NOINLINE static void set(struct map *m, int64_t key, WORD value) {
  for (int64_t i = 0; i < m->n; i++)
    if (m->e[i].key == key) {
      m->e[i].value = value;
      return;
    }
  m->e[m->n].key = key;
  m->e[m->n++].value = value;
}
NOINLINE static WORD get(const struct map *m, int64_t key) {
  for (int64_t i = 0; i < m->n; i++)
    if (m->e[i].key == key) return m->e[i].value;
  return m->e[0].value;
}
static WORD word(REAL v) {
  WORD w;
  memcpy((void *)&w, &v, sizeof w);
  return w;
}
static REAL number(WORD w) {
  REAL v;
  memcpy((void *)&v, &w, sizeof v);
  return v;
}
REAL f(REAL x, REAL y) {
  struct map m;
  m.n = 0;
  set(&m, 7, word(x));
  set(&m, 9, word(y));
  set(&m, 7, word(x * x));
  return number(get(&m, 7)) * number(get(&m, 9));
}
