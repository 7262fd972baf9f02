// A matrix type behind a handle with constructor, product and destructor; temporaries are made and released.
//! ret REAL
//! dup REAL a[4] = fill
//! dup REAL b[4] = fill
#include "case.h"
typedef struct matrix { int rows, cols; REAL *e; } matrix;
static matrix *matrix_new(int rows, int cols) {
  matrix *m = (matrix *)malloc(sizeof *m);
  m->rows = rows;
  m->cols = cols;
  m->e = (REAL *)calloc(rows * cols, sizeof(REAL));
  return m;
}
static void matrix_free(matrix *m) {
  free(m->e);
  free(m);
}
static REAL *at(matrix *m, int i, int j) { return &m->e[i * m->cols + j]; }
static matrix *product(matrix *x, matrix *y) {
  matrix *z = matrix_new(x->rows, y->cols);
  for (int i = 0; i < z->rows; i++)
    for (int j = 0; j < z->cols; j++)
      for (int k = 0; k < x->cols; k++) *at(z, i, j) += *at(x, i, k) * *at(y, k, j);
  return z;
}
static matrix *from(const REAL *a, int rows, int cols) {
  matrix *m = matrix_new(rows, cols);
  memcpy(m->e, a, rows * cols * sizeof(REAL));
  return m;
}
REAL f(const REAL *a, const REAL *b) {
  matrix *x = from(a, 2, 2), *y = from(b, 2, 2);
  for (int i = 0; i < 3; i++) {
    matrix *z = product(x, y);
    matrix_free(x);
    x = z;
  }
  REAL trace = *at(x, 0, 0) + *at(x, 1, 1);
  matrix_free(x);
  matrix_free(y);
  return trace;
}
