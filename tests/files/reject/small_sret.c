// ERROR: error: Enzyme: the declared result %struct.three = type { double, double, double } of 24 bytes cannot hold the derivative { double, double, double, double } of 32 bytes [RZ0007]
double f(double a, double b, double c, double d) { return a * b * c * d; }
struct three { double x, y, z; };
struct three __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x, x, x, x).x;
}
