// ERROR: 6:10: error: Enzyme: `f` returns a struct in memory; a pointer to the shadow of that struct must follow the function [RZ0005]
struct s { double x, y, z; };
struct s f(double x) { struct s r = {x * x, 3 * x, x}; return r; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
