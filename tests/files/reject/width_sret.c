// ERROR: 8:10: error: Enzyme: `f` returns a struct in memory; pointers to 2 shadows of that struct must follow the function [RZ0005]
// TEXT: note: 1 found
struct three { double a, b, c; };
struct three f(double x) { struct three r = {x, x * x, 1}; return r; }
extern int enzyme_width;
double __enzyme_autodiff(void *, ...);
double g(double x, struct three *d) {
  return __enzyme_autodiff((void *)f, d, enzyme_width, 2, x);
}
