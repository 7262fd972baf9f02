// ERROR: 7:10: error: Enzyme: `enzyme_active_return` on `f`, which returns i32: the seed cannot be deduced [RZ0009]
// TEXT: help: remove the marker
extern int enzyme_active_return;
int f(double x) { return x > 0; }
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, enzyme_active_return, x);
}
