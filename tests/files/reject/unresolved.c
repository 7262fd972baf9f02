// ERROR: 6:10: error: Enzyme: cannot determine which function to differentiate from
// TEXT: a parameter of the function that makes the request
// TEXT: help: pass the function by name
double __enzyme_autodiff(void *, ...);
double g(double (*f)(double), double x) {
  return __enzyme_autodiff((void *)f, x);
}
