double f(double x, double y) { return x * y; }
struct two { double x, y; };
struct two __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x, 2.0).x;
}
