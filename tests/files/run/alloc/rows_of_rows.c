// A ragged table: rows of different lengths, each with a pointer and a count; made, filled, summed and released.
//! ret REAL
//! dup REAL a[6] = fill
//! const int n = 4 | 1
#include "case.h"
struct row { int length; REAL *cells; };
static struct row *make(int n) {
  struct row *rows = (struct row *)malloc(n * sizeof(struct row));
  for (int i = 0; i < n; i++) {
    rows[i].length = i + 1;
    rows[i].cells = (REAL *)malloc((i + 1) * sizeof(REAL));
  }
  return rows;
}
REAL f(const REAL *a, int n) {
  struct row *rows = make(n);
  for (int i = 0; i < n; i++)
    for (int j = 0; j < rows[i].length; j++)
      rows[i].cells[j] = j == 0 || j == i ? a[i] : rows[i - 1].cells[j - 1] * rows[i - 1].cells[j] + a[j];
  REAL s = 0;
  for (int i = 0; i < n; i++)
    for (int j = 0; j < rows[i].length; j++) s += rows[i].cells[j] * (j + 1);
  for (int i = n; i-- > 0;) free(rows[i].cells);
  free(rows);
  return s;
}
