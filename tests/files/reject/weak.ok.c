// WARNING: 6:10: warning: Enzyme: `f` may be replaced at link time; the derivative is that of the definition in this file [RZ0025]
// TEXT: help: define it without `weak`
__attribute__((weak)) double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
