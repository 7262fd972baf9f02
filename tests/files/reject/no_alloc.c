// ERROR: 10:9: error: Enzyme: the gradient of `f` would allocate memory [RZ0032]
// TEXT: note: kept for the reverse pass in each iteration of a loop whose number of iterations is known only at run time or is large:
// TEXT: help: make the number of iterations a constant, of which 4096 bytes of tape are enough, or differentiate one iteration at a time
#include <math.h>
extern int ribozyme_no_alloc;
double __enzyme_autodiff(void *, ...);
double f(double x, int n) {
  double y = x;
  for (int i = 0; i < n; i++)
    y = sin(y) * y;
  return y;
}
double g(double x, int n) {
  return __enzyme_autodiff((void *)f, ribozyme_no_alloc, x, n);
}
