// ERROR: 6:7: error: Enzyme: `f` uses setjmp or another function that returns twice [RZ0016]
// TEXT: help: report failure through a result instead
#include <setjmp.h>
static jmp_buf buffer;
double f(double x) {
  if (setjmp(buffer)) return x * x;
  return x;
}
double __enzyme_autodiff(void *, ...);
double g(double x) {
  return __enzyme_autodiff((void *)f, x);
}
