// A matrix descriptor: sizes and a data pointer.
//! ret REAL
//! dup struct matrix m[1] {}
//! mem REAL data[6] = fill
//! link @->m[0].data = @->data
//! set @->m[0].rows = 2
//! set @->m[0].cols = 3
#include "case.h"
struct matrix { int rows, cols; REAL *data; };
REAL f(struct matrix *m) {
  REAL s = 0;
  for (int i = 0; i < m->rows; i++)
    for (int j = 0; j < m->cols; j++) s += m->data[i * m->cols + j] * m->data[j] * (i + 1);
  return s;
}
