// WARNING: 7:6: warning: Enzyme: a derivative is lost in the global variable gg, which counts as inactive [RZ0028]
// TEXT: help: mark gg inactive if this is intended, give it a shadow with enzyme_shadow, or pass the data through arguments
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
double gg;
double f(double x) {
  gg = x * x;
  return gg * x;
}
double g(double x) { return __enzyme_autodiff((void *)f, x) + __enzyme_fwddiff((void *)f, x, 1.0); }
