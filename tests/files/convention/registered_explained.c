// FLAGS: -mllvm -ribozyme-print-types -mllvm -ribozyme-print-activity -mllvm -ribozyme-print-plan
// What is found out about a function that calls one with registered rules can be shown: the rules have no plan.
#include <stdio.h>
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
typedef struct { double a, b; } D2;
__attribute__((noinline)) static double g(double s, double t) { return s * t; }
static double g_aug(double s, double t) { return s * t; }
static D2 g_rev(double s, double t, double d) { return (D2){10 * d * t, 10 * d * s}; }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_aug, (void *)g_rev};
static D2 g_fwd(double s, double ds, double t, double dt) { return (D2){s * t, 10 * (ds * t + s * dt)}; }
void *__enzyme_register_derivative_g[] = {(void *)g, (void *)g_fwd};
static double f(double x) { return g(x, 3) + g(x, x) * x; }
static double first(double x) { return __enzyme_autodiff((void *)f, x); }
int main() {
  double x = 1.5;
  printf("%g %g\n", __enzyme_autodiff((void *)f, x), __enzyme_fwddiff((void *)f, x, 1.0));
  printf("%g %g\n", __enzyme_autodiff((void *)first, x), __enzyme_fwddiff((void *)first, x, 1.0));
}
