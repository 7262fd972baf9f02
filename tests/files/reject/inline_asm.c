// ERROR: 5:3: error: Enzyme: active inline assembly has no derivative [RZ0014]
// TEXT: help: write the computation in C, or keep the assembly's operands inactive
double f(double x) {
  double y;
  __asm__("sqrtsd %1, %0" : "=x"(y) : "x"(x));
  return y;
}
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
