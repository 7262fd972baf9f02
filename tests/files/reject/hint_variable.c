// ERROR: 7:36: error: Enzyme: `__enzyme_double` needs a constant number of bytes [RZ0029]
// TEXT: help: write a pointer, then how many bytes behind it, as a constant
#include <string.h>
void __enzyme_autodiff(void *, ...);
void __enzyme_double(void *, long);
void f(void *to, void *from, long n) {
                                   __enzyme_double(to, n);
  memcpy(to, from, n);
}
void g(void *p, void *q) { __enzyme_autodiff((void *)f, p, p, q, q, 8l); }
