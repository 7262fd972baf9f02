// ERROR: error: Enzyme: `2,-1` does not list the arguments of `put`, registered as the deallocator of `get` [RZ0029]
#include <stdlib.h>
double __enzyme_autodiff(void *, ...);
void *get(size_t n) { return malloc(n); }
void put(void *p) { free(p); }
void *__enzyme_allocation_like_1[4] = {(void *)get, (void *)0, "2,-1", (void *)put};
double f(double x) { return x; }
double g(double x) { return __enzyme_autodiff((void *)f, x); }
