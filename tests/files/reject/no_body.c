// ERROR: 7:10: error: Enzyme: the body of `f` is not available [RZ0002]
// TEXT: note: only its declaration is known where the derivative is requested
// TEXT: help: define it in the same file, or compile both files with -flto
double f(double x);
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
