// A growing array of records of mixed kinds.
//! second refuse RZ0012 rr
//! ret REAL
//! out REAL x = 1.5 | -0.7
//! const int n = 6 | 1 | 0
#include "case.h"
struct record {
  REAL a;
  int id, mark;
  REAL *p;
};
REAL f(REAL x, int n) {
  struct record *v = 0;
  int count = 0, room = 0;
  REAL *s = (REAL *)malloc((n + 1) * sizeof(REAL));
  for (int i = 0; i < n; i++) {
    s[i] = x * i;
    if (count == room) {
      room = room ? 2 * room : 1;
      v = (struct record *)realloc(v, room * sizeof(*v));
    }
    v[count].a = x * (i + 1);
    v[count].id = i;
    v[count].mark = i + 2;
    v[count].p = s + i;
    count++;
  }
  REAL r = x;
  for (int i = 0; i < count; i++) r += v[i].a * v[i].a * v[i].id * v[i].mark + *v[i].p * v[i].a;
  free(v);
  free(s);
  return r;
}
