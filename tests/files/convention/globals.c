// FLAGS: -mllvm -enzyme_nonmarkedglobals_inactiveloads=0
// Global variables that carry derivatives. `globals.out` is what it prints, the same each time.
#include <stdio.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
double gg, kept = 5, table[3] = {1, 2, 3};
double once(double x) { gg = x; return gg * x; }
double square(double x) { gg = x * x; return gg * x; }
__attribute__((noinline)) void set(double x) { table[1] = x; }
double through(double x) { set(x); return table[1] * table[2] * x; }
// What is read before it is written leaves an adjoint behind.
double before(double x) { double r = kept * x; kept = x; return r + kept; }
static _Thread_local double own;
double local(double x) { own = x; return own * x; }
double cell(double x) { static double c; c = x; return c * c; }

double marked_reverse(double x), marked_forward(double x);
extern double dmarked;

int main() {
  for (int i = 0; i < 2; i++) {
    printf("%g %g", __enzyme_autodiff((void *)once, 3.0), __enzyme_autodiff((void *)square, 3.0));
    kept = 5;
    printf(" %g %g %g %g\n", __enzyme_autodiff((void *)through, 3.0), __enzyme_autodiff((void *)before, 3.0), __enzyme_autodiff((void *)local, 3.0), __enzyme_autodiff((void *)cell, 3.0));
    printf("%g %g", __enzyme_fwddiff((void *)once, 3.0, 1.0), __enzyme_fwddiff((void *)square, 3.0, 1.0));
    kept = 5;
    printf(" %g %g %g %g\n", __enzyme_fwddiff((void *)through, 3.0, 1.0), __enzyme_fwddiff((void *)before, 3.0, 1.0), __enzyme_fwddiff((void *)local, 3.0, 1.0), __enzyme_fwddiff((void *)cell, 3.0, 1.0));
  }
  dmarked = 0;
  double r = marked_reverse(3);
  printf("marked %g %g", r, dmarked);
  dmarked = 10;
  r = marked_forward(3);
  printf(" %g %g\n", r, dmarked);
}
