// A constant table of records of numbers and functions.
//! ret REAL
//! out REAL x = 0.6 | -0.4
//! const int n = 3 | 5
#include "case.h"
struct term { double weight; REAL (*of)(REAL); const char *name; };
static REAL square(REAL t) { return t * t; }
static REAL wave(REAL t) { return sin(t) * t; }
static const struct term terms[3] = {{0.5, square, "square"}, {-2, wave, "wave"}, {1.5, square, "again"}};
NOINLINE static REAL sum(const struct term *t, int n, REAL x) {
  REAL s = 0;
  for (int i = 0; i < n; i++) s += t[i].weight * t[i].of(x + (t[i].name[0] == 'w' ? 0.25 : 0.5) * i);
  return s;
}
REAL f(REAL x, int n) {
  struct term own[5];
  for (int i = 0; i < n; i++) own[i] = terms[i % 3];
  return sum(terms, 3, x) * sum(own, n, x * x);
}
