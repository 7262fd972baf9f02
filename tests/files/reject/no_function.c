// ERROR: 5:10: error: Enzyme: too few arguments: __enzyme_autodiff needs a function [RZ0003]
// TEXT: help: pass the function to differentiate first
double __enzyme_autodiff();
double g(double x) {
  return __enzyme_autodiff();
}
