// WARNING: 8:10: warning: Enzyme: argument 0 of `f` is a floating-point value passed with `enzyme_dup`: its derivative is lost [RZ0028]
// TEXT: help: use `enzyme_out`, or pass the value through a pointer
// WARNING: 8:10: warning: Enzyme: __enzyme_autodiff of `f` returns nothing, but the request is declared to return a value [RZ0028]
extern int enzyme_dup;
double f(double x) { return x * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, enzyme_dup, x, 0.0);
}
