// Records of a number and a counter, moved whole to a place that an `int` counts: the compiler extends and scales that
// index at once, and the counter's padding is moved with it.
//! ret REAL
//! dup REAL a[6] = 0.3 -0.7 1.4 0.2 -1.1 2.5 | 6 5 4 3 2 1
//! const int n = 6
#include "case.h"
struct Record {
  REAL key;
  int tag;
};
struct Wide {
  REAL key;
  int tag;
  REAL weight;
};
static NOINLINE void sort(struct Record *v, int n) {
  for (int i = 1; i < n; i++) {
    struct Record t = v[i];
    int j = i;
    while (j > 0 && v[j - 1].key > t.key) {
      v[j] = v[j - 1];
      j--;
    }
    v[j] = t;
  }
}
static NOINLINE void sort_wide(struct Wide *v, int n) {
  for (int i = 1; i < n; i++) {
    struct Wide t = v[i];
    int j = i;
    while (j > 0 && v[j - 1].key > t.key) {
      v[j] = v[j - 1];
      j--;
    }
    v[j] = t;
  }
}
REAL f(REAL *a, int n) {
  struct Record v[6];
  struct Wide w[6];
  for (int i = 0; i < n; i++) {
    v[i].key = a[i] * (1 + a[0]);
    v[i].tag = i + 1;
    w[i].key = a[i] * 2;
    w[i].tag = n - i;
    w[i].weight = a[i] * a[i];
  }
  sort(v, n);
  sort_wide(w, n);
  REAL s = 0;
  for (int i = 0; i < n; i++) s += v[i].key * v[i].key * (i + 1) * v[i].tag + w[i].key * w[i].weight * i * w[i].tag;
  return s;
}
