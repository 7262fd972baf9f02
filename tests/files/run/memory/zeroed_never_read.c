// Members that are zeroed and never looked at again say nothing of their types, and need not.
//! ret REAL
//! out REAL x = 1.5 | -0.7
#include "case.h"
struct view {
  REAL *data;
  char unused[24];
  long rows;
};
static REAL __attribute__((noinline)) first(const struct view *v) { return v->data[0] * v->data[v->rows - 1]; }
REAL f(REAL x) {
  REAL a[3] = {x, x * x, x * x * x};
  struct view v;
  memset(v.unused, 0, sizeof v.unused);
  v.data = a;
  v.rows = 3;
  return first(&v);
}
