// A table of rows and a struct with a pointer come from the caller, linked there with their shadows.
//! ret REAL
//! dup struct view v[1] { .scale } = 1.5
//! mem REAL data[6] = fill
//! link @->v[0].rows[0] = @->data
//! link @->v[0].rows[1] = @->data + 3
#include "case.h"
struct view { REAL *rows[2]; REAL scale; int n; };
REAL f(struct view *v) {
  REAL s = 0;
  for (int i = 0; i < 3; i++) {
    v->rows[0][i] *= v->rows[1][2 - i];
    s += v->rows[0][i] * v->scale;
  }
  v->scale = s;
  return s * v->rows[1][0];
}
