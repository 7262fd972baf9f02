// Requests inside differentiated functions (section 1.3), in every combination and deeper.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
extern int enzyme_dup, enzyme_const, enzyme_out;
extern double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
extern void __enzyme_autodiff_void(void *, ...), __enzyme_fwddiff_void(void *, ...);
#define NOINLINE __attribute__((noinline))

static double cube(double x) { return x * x * x; }
static double reverse(double x) { return __enzyme_autodiff((void *)cube, x); }
static double forward(double x) { return __enzyme_fwddiff((void *)cube, x, 1.0); }

// Third derivatives.
static double quartic(double x) { return x * x * x * x; }
static double first(double x) { return __enzyme_autodiff((void *)quartic, x); }
static double second(double x) { return __enzyme_fwddiff((void *)first, x, 1.0); }
static double second_reverse(double x) { return __enzyme_autodiff((void *)first, x); }

// A derivative used in arithmetic, several calls down, in a loop.
NOINLINE static double slope(double x) { return __enzyme_autodiff((void *)cube, x) - x; }
static double newton(double x) {
  for (int i = 0; i < 3; i++) x -= 0.1 * slope(x);
  return x;
}

// A tape of unknown length, and memory.
static double grows(const double *x, int n) {
  double *t = (double *)malloc(n * sizeof *t), s = 0;
  for (int i = 0; i < n; i++) {
    double y = x[i];
    while (y < 10) y = y * y + 0.5;
    t[i] = y;
  }
  for (int i = 0; i < n; i++) s += t[i] * x[n - 1 - i] * 1e-2;
  free(t);
  return s;
}
static void gradient(const double *x, double *dx, int n) {
  __enzyme_autodiff_void((void *)grows, enzyme_dup, x, dx, enzyme_const, n);
}

// Recursion.
NOINLINE static double power(double x, int n) { return n == 0 ? 1 : x * power(x, n - 1); }
static double power_slope(double x, int n) { return __enzyme_autodiff((void *)power, x, n); }

// The inner request holds constant what the outer one differentiates.
static double product(double x, double y) { return x * x * y * y; }
static double partial(double x) { return __enzyme_autodiff((void *)product, enzyme_out, x, enzyme_const, x); }

// An inner request about inactive data.
static double scaled(double x, double a) { return x * __enzyme_autodiff((void *)cube, a); }

int main(void) {
  printf("%g %g %g %g\n", __enzyme_fwddiff((void *)reverse, 3.0, 1.0), __enzyme_autodiff((void *)reverse, 3.0),
         __enzyme_fwddiff((void *)forward, 3.0, 1.0), __enzyme_autodiff((void *)forward, 3.0));
  printf("%g %g %g\n", reverse(3), __enzyme_autodiff((void *)cube, 3.0), forward(3));
  printf("%g %g %g %g\n", __enzyme_fwddiff((void *)second, 2.0, 1.0), __enzyme_autodiff((void *)second, 2.0),
         __enzyme_fwddiff((void *)second_reverse, 2.0, 1.0), __enzyme_autodiff((void *)second_reverse, 2.0));
  printf("%.6f %.6f\n", __enzyme_autodiff((void *)newton, 0.5), __enzyme_fwddiff((void *)newton, 0.5, 1.0));

  double x[3] = {1.5, 2.5, 0.75}, v[3] = {1, -2, 0.5}, dx[3] = {0}, hv[3] = {0}, rr[3] = {0}, w[3] = {1, -2, 0.5};
  __enzyme_fwddiff_void((void *)gradient, enzyme_dup, x, v, enzyme_dup, dx, hv, enzyme_const, 3);
  double zero[3] = {0};
  __enzyme_autodiff_void((void *)gradient, enzyme_dup, x, rr, enzyme_dup, zero, w, enzyme_const, 3);
  for (int i = 0; i < 3; i++) printf("%s ", fabs(hv[i] - rr[i]) < 1e-9 * fabs(hv[i]) ? "same" : "differs");
  double p[3], m[3], gp[3] = {0}, gm[3] = {0}, h = 1e-6;
  for (int i = 0; i < 3; i++) p[i] = x[i] + h * v[i], m[i] = x[i] - h * v[i];
  gradient(p, gp, 3), gradient(m, gm, 3);
  for (int i = 0; i < 3; i++) printf("%s ", fabs(hv[i] - (gp[i] - gm[i]) / (2 * h)) < 1e-5 * (1 + fabs(hv[i])) ? "right" : "wrong");
  printf("\n");

  printf("%g %g\n", __enzyme_autodiff((void *)power_slope, 2.0, 5), __enzyme_fwddiff((void *)power_slope, 2.0, 1.0, 5));
  printf("%g %g\n", __enzyme_autodiff((void *)partial, 2.0), __enzyme_fwddiff((void *)partial, 2.0, 1.0));
  printf("%g %g\n", __enzyme_autodiff((void *)scaled, enzyme_out, 2.0, enzyme_const, 3.0), __enzyme_fwddiff((void *)scaled, 2.0, 1.0, enzyme_const, 3.0));
}
