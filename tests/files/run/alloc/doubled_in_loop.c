// A vector whose capacity doubles while it is filled, with the old contents moved each time.
//! ret REAL
//! dup REAL a[7] = fill
//! const int n = 7 | 5 | 1
#include "case.h"
struct vector { REAL *data; int size, capacity; };
static void push(struct vector *v, REAL x) {
  if (v->size == v->capacity) {
    v->capacity = v->capacity ? 2 * v->capacity : 1;
    v->data = (REAL *)realloc(v->data, v->capacity * sizeof(REAL));
  }
  v->data[v->size++] = x;
}
REAL f(const REAL *a, int n) {
  struct vector v = {NULL, 0, 0};
  for (int i = 0; i < n; i++) {
    push(&v, a[i]);
    if (i % 2) push(&v, v.data[v.size - 1] * v.data[0]);
  }
  REAL s = 0;
  for (int i = 0; i < v.size; i++) s += v.data[i] * v.data[v.size - 1 - i];
  free(v.data);
  return s;
}
