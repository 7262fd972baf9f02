// ERROR: 7:10: error: Enzyme: cannot cast argument 0 of `f` from double to float [RZ0006]
// TEXT: note: a float passed through `...` arrives as double
// TEXT: help: declare the request with a prototype instead of `...`
float f(float x) { return x * x; }
float __enzyme_autodiff(void *, ...);
float g(float x) {
  return __enzyme_autodiff((void *)f, x);
}
