// ERROR: 6:29: error: Enzyme: no derivative for a call of other: it has neither a body here nor a rule [RZ0011]
// TEXT: note: in function f
// TEXT: note: the request is at unknown_external.c:
// TEXT: help: make the body of other available
double other(double x);
double f(double x) { return other(x) * x; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
