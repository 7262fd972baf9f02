// ERROR: 7:10: error: Enzyme: `f` returns { double, i64 }, which mixes floating-point and integer fields [RZ0021]
// TEXT: help: return the floating-point part, or write the result through a pointer
struct s { double x; long n; };
struct s f(double x) { struct s r = {x * x, 1}; return r; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
