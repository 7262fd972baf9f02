// Recursive descent over a string, with active leaves.
//! ret REAL
//! dup REAL v[3] = 0.7 1.3 2.1
//! const char text[24] = "a*(b+c*a)-b" | "(a+b)*(a-c)*c"
#include "case.h"
static REAL sum(const char **s, const REAL *v);
NOINLINE static REAL atom(const char **s, const REAL *v) {
  char c = *(*s)++;
  if (c == '(') {
    REAL r = sum(s, v);
    (*s)++;
    return r;
  }
  return v[c - 'a'];
}
NOINLINE static REAL product(const char **s, const REAL *v) {
  REAL r = atom(s, v);
  while (**s == '*') {
    (*s)++;
    r = r * atom(s, v);
  }
  return r;
}
NOINLINE static REAL sum(const char **s, const REAL *v) {
  REAL r = product(s, v);
  while (**s == '+' || **s == '-') {
    char c = *(*s)++;
    REAL t = product(s, v);
    r = c == '+' ? r + t : r - t;
  }
  return r;
}
REAL f(const REAL *v, const char *text) { return sum(&text, v); }
