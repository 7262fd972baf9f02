// Markers in locals: copies, addresses, constants that nobody reads. Nothing defines them, so nothing may be left.
#include <stdio.h>
typedef struct { double a, b; } D2;
extern int enzyme_noret, enzyme_primal_return, enzyme_out, enzyme_const, enzyme_dup;
double __enzyme_autodiff(void *, ...);
D2 __enzyme_autodiff_2(void *, ...);
static double f(double x) { return x * x; }
static double g(double *x, double y) { return *x * y; }
int main() {
  int *const keeps = &enzyme_noret;
  int *out = &enzyme_out;
  printf("%g\n", __enzyme_autodiff((void *)f, keeps, out, 3.0));
  int *const primal = &enzyme_primal_return, *const unread = &enzyme_const;
  printf("%g\n", __enzyme_autodiff_2((void *)f, primal, 3.0).b);
  int dup = enzyme_dup, never = enzyme_const;
  double x = 2, d = 0;
  printf("%g %g\n", __enzyme_autodiff((void *)g, dup, &x, &d, 5.0), d);
}
