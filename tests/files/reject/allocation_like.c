// ERROR: 10:19: error: Enzyme: `get` is declared as an allocator, which is not supported yet [RZ0010]
// TEXT: help: remove the declaration if its body calls malloc: it is differentiated instead
#include <stdlib.h>
double __enzyme_autodiff(void *, ...);
__attribute__((noinline)) void *get(size_t n) { return malloc(n); }
__attribute__((noinline)) void put(void *p) { free(p); }
void *__enzyme_allocation_like_1[4] = {(void *)get, (void *)0, "-1", (void *)put};
double f(double x, int n) {
  double r = 0, *p;
              p = get(8 * n);
  for (int i = 0; i < n; i++) p[i] = x * x * i;
  for (int i = 0; i < n; i++) r += p[i] * x;
  put(p);
  return r;
}
double g(double x) { return __enzyme_autodiff((void *)f, x, 4); }
