// A record found by looking at its text: the shadow of the text is no text.
//! ret REAL
//! dup REAL a[4] = 0.3 0.7 -0.4 1.1
#include "case.h"
struct Cell {
  char tag[8];
  REAL value;
};
static NOINLINE void *find(char *tag) { return strchr(tag, 'y'); }
REAL f(REAL *a) {
  static const char *tags[4] = {"y1", "none", "y2", "y"};
  struct Cell *cells = (struct Cell *)calloc(4, sizeof(struct Cell));
  for (int i = 0; i < 4; i++) {
    strcpy(cells[i].tag, tags[i]);
    cells[i].value = a[i] * a[i];
  }
  REAL s = 0;
  for (int i = 0; i < 4; i++) {
    struct Cell *c = (struct Cell *)find(cells[i].tag);
    if (c) s += c->value * a[(i + 1) % 4];
  }
  free(cells);
  return s;
}
