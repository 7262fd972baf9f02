// A list of heap objects with methods, as object-oriented C has it.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 6
#include "case.h"
struct shape {
  REAL (*area)(const struct shape *);
  REAL w, h;
  struct shape *next;
};
static REAL rectangle(const struct shape *s) { return s->w * s->h; }
static REAL ellipse(const struct shape *s) { return 3.25 * s->w * s->h * s->h; }
static NOINLINE struct shape *make(REAL w, REAL h, int round, struct shape *next) {
  struct shape *s = (struct shape *)malloc(sizeof(struct shape));
  s->area = round ? ellipse : rectangle;
  s->w = w;
  s->h = h;
  s->next = next;
  return s;
}
REAL f(const REAL *a, int n) {
  struct shape *list = 0;
  for (int i = 0; i + 1 < n; i++) list = make(a[i], a[i + 1] + 1, i % 2, list);
  REAL sum = 0;
  for (struct shape *s = list; s; s = s->next) sum += s->area(s) * s->area(s);
  while (list) {
    struct shape *next = list->next;
    free(list);
    list = next;
  }
  return sum;
}
