// NOT AT: -O0
// What requests differentiate is known only when the functions that make them are inlined: by then the host has
// given functions that they share a calling convention of its own.
#include <stdio.h>
#include <stdlib.h>
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
static __attribute__((noinline)) double shared(int i, double k) { return k * k * i; }
static __attribute__((noinline)) double *cell(int i, double k) {
  double *p = malloc(sizeof *p);
  *p = shared(i, k);
  return p;
}
static double one(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += shared(i, x + i);
  return s;
}
static double two(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += 2 * shared(i, x + i);
  return s;
}
static double three(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double *p = cell(i, x + i);
    s += 3 * *p;
    free(p);
  }
  return s;
}
static double four(double x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double *p = cell(i, 4 * (x + i));
    s += *p;
    free(p);
  }
  return s;
}
static void both(double (*f)(double, int)) {
  double g = __enzyme_autodiff((void *)f, 1.5, 6);
  printf("%g %g\n", g, __enzyme_fwddiff((void *)f, 1.5, 1.0, 6));
}
int main() {
  both(one);
  both(two);
  both(three);
  both(four);
}
