// Runtime activity and strong zeros. `runtime.out` is what it prints.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
extern int enzyme_const, enzyme_dup, enzyme_runtime_activity, enzyme_strong_zero;
double table[2] = {4, 5};

// A pointer that is chosen when the program runs.
double chosen(double *x, double *c, int w) {
  double *p = w ? x : c;
  return *p * *p;
}
double global(double *x, int w) {
  double *p = w ? x : table;
  return *p * p[1];
}
// Memory that is written.
double written(double *x, double *y, int n) {
  for (int i = 0; i < n; i++) y[i] = x[i] * x[i];
  double r = 0;
  for (int i = 0; i < n; i++) r += y[i];
  return r;
}
double copied(double *x, double *y, long n) {
  memcpy(y, x, n * sizeof *y);
  return y[0] * y[1];
}
double filled(double *x, double *y, long n) {
  y[0] = x[0], y[1] = x[1];
  double r = y[0] * y[1];
  memset(y, 0, n * sizeof *y);
  return r + y[0];
}
// Pointers in memory, and memory that is released.
typedef struct { double *p; } box;
double boxed(box *b, double *x, double *c, int w) {
  b->p = w ? x : c;
  return *b->p * *x;
}
double released(double *x, int n) {
  double *y = malloc(n * sizeof *y);
  for (int i = 0; i < n; i++) y[i] = x[i] * 2;
  double r = 0;
  for (int i = 0; i < n; i++) r += y[i] * y[i];
  free(y);
  return r;
}

// An infinite partial where nothing arrives.
double root(double x, double y) { return log(x) * y; }
double sum(double x, double y) { return log(x) + y; }


int main() {
  double x[2] = {3, 7}, d[2], c[2] = {4, 6}, y[2], dy[2];
  for (int w = 0; w < 2; w++) {
    d[0] = d[1] = 0;
    __enzyme_autodiff((void *)chosen, &enzyme_runtime_activity, enzyme_dup, x, d, enzyme_const, c, w);
    printf("chosen %g %g ", d[0], c[0]);
    d[0] = 1, d[1] = 10;
    printf("%g\n", __enzyme_fwddiff((void *)chosen, &enzyme_runtime_activity, enzyme_dup, x, d, enzyme_const, c, w));
    d[0] = d[1] = 0;
    __enzyme_autodiff((void *)global, &enzyme_runtime_activity, enzyme_dup, x, d, w);
    printf("global {%g, %g} {%g, %g} ", d[0], d[1], table[0], table[1]);
    d[0] = 1, d[1] = 10;
    printf("%g\n", __enzyme_fwddiff((void *)global, &enzyme_runtime_activity, enzyme_dup, x, d, w));
  }
  // A shadow that is the primal means constant.
  for (int s = 0; s < 4; s++) {
    double *dx = s & 1 ? x : d, *sy = s & 2 ? y : dy;
    d[0] = d[1] = 0, dy[0] = dy[1] = 0, x[0] = 3, x[1] = 7, y[0] = y[1] = 0;
    __enzyme_autodiff((void *)written, &enzyme_runtime_activity, x, dx, y, sy, 2);
    printf("%d written x {%g, %g} y {%g, %g} dx {%g, %g} dy {%g, %g}", s, x[0], x[1], y[0], y[1], d[0], d[1], dy[0], dy[1]);
    d[0] = 1, d[1] = 10, dy[0] = dy[1] = 0;
    printf(" %g\n", __enzyme_fwddiff((void *)written, &enzyme_runtime_activity, x, dx, y, sy, 2));
    d[0] = d[1] = 0, dy[0] = dy[1] = 0;
    __enzyme_autodiff((void *)copied, &enzyme_runtime_activity, x, dx, y, sy, 2l);
    printf("%d copied x {%g, %g} y {%g, %g} dx {%g, %g} dy {%g, %g}", s, x[0], x[1], y[0], y[1], d[0], d[1], dy[0], dy[1]);
    d[0] = 1, d[1] = 10, dy[0] = dy[1] = 0;
    printf(" %g\n", __enzyme_fwddiff((void *)copied, &enzyme_runtime_activity, x, dx, y, sy, 2l));
    d[0] = d[1] = 0, dy[0] = dy[1] = 0;
    __enzyme_autodiff((void *)filled, &enzyme_runtime_activity, x, dx, y, sy, 2l);
    printf("%d filled x {%g, %g} y {%g, %g} dx {%g, %g} dy {%g, %g}", s, x[0], x[1], y[0], y[1], d[0], d[1], dy[0], dy[1]);
    d[0] = 1, d[1] = 10, dy[0] = dy[1] = 0;
    printf(" %g\n", __enzyme_fwddiff((void *)filled, &enzyme_runtime_activity, x, dx, y, sy, 2l));
  }
  x[0] = 3, x[1] = 7;
  for (int w = 0; w < 2; w++) {
    box b = {0}, db = {0};
    d[0] = d[1] = 0;
    __enzyme_autodiff((void *)boxed, &enzyme_runtime_activity, &b, &db, x, d, enzyme_const, c, w);
    printf("boxed %g %d %g ", d[0], b.p == (w ? x : c), c[0]);
    d[0] = 1;
    printf("%g ", __enzyme_fwddiff((void *)boxed, &enzyme_runtime_activity, &b, &db, x, d, enzyme_const, c, w));
    __enzyme_autodiff((void *)boxed, &enzyme_runtime_activity, &b, &b, x, x, enzyme_const, c, w);
    printf("%d %g\n", b.p == (w ? x : c), x[0]);
  }
  d[0] = d[1] = 0;
  __enzyme_autodiff((void *)released, &enzyme_runtime_activity, x, d, 2);
  __enzyme_autodiff((void *)released, &enzyme_runtime_activity, x, x, 2);
  printf("released {%g, %g} {%g, %g}\n", d[0], d[1], x[0], x[1]);
  printf("strong %g %g\n", __enzyme_autodiff((void *)root, &enzyme_strong_zero, 0.0, enzyme_const, 0.0),
         __enzyme_fwddiff((void *)sum, &enzyme_strong_zero, 0.0, 0.0, 1.0, 1.0));
  double weak = __enzyme_autodiff((void *)root, 0.0, enzyme_const, 0.0);
  printf("weak %d\n", isnan(weak));
}
