// ERROR: 12:29: error: Enzyme: an active call of a variadic function [RZ0017]
// TEXT: help: pass the values in an array
#include <stdarg.h>
static double __attribute__((noinline)) sum(int n, ...) {
  va_list list;
  double s = 0;
  va_start(list, n);
  for (int i = 0; i < n; i++) s += va_arg(list, double);
  va_end(list);
  return s;
}
double f(double x) { return sum(2, x, x * x); }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
