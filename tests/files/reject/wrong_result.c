// ERROR: 6:10: error: Enzyme: cannot convert the derivative { double, double } of 16 bytes to the declared result i32 of 4 bytes [RZ0007]
// TEXT: help: declare a result of type { double, double }
double f(double x, double y) { return x * y; }
int __enzyme_autodiff(void *, ...);
int g(double x) {
  return __enzyme_autodiff((void *)f, x, x);
}
