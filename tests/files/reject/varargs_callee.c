// FLAGS: --target=aarch64-linux-gnu
// ERROR: 14:29: error: Enzyme: an active call of sum, which takes a variable number of arguments [RZ0017]
// TEXT: note: how it finds them is known for calls in C's convention on x86-64 only
// TEXT: help: pass the values in an array
// ERROR: 14:29: error: Enzyme: an active call of sum, which takes a variable number of arguments [RZ0017]
#include <stdarg.h>
static double __attribute__((noinline)) sum(int n, ...) {
  va_list list;
  double s = 0;
  va_start(list, n);
  for (int i = 0; i < n; i++) s += va_arg(list, double);
  return s;
}
double f(double x) { return sum(2, x, x * x); }
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
double g(double x) { return __enzyme_autodiff((void *)f, x); }
double h(double x) { return __enzyme_fwddiff((void *)f, x, 1.0); }
