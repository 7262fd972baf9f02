// What goes through a global variable without a mark loses its derivative, however much was optimized.
#include <stdio.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
double gg, table[3] = {1, 2, 3}, marked;
void *__enzyme_inactive_global_marked = &marked;
double once(double x) { gg = x; return gg * x; }
double square(double x) { gg = x * x; return gg * x; }
static inline void set(double x) { table[1] = x; }
double through(double x) { set(x); return table[1] * table[2] * x; }
double mark(double x) { marked = x * x; return marked * x; }
static _Thread_local double own;
double local(double x) { own = x; return own * x; }
double sum(double x) { static double c; c = 0; for (int i = 0; i < 3; i++) c += x; return c * x; }
double either(double x) { if (x > 1) gg = x; else gg = 2 * x; return gg * x + x; }
double twice(double x) { double y = x * x; gg = y; return y * gg; }

#define SHOW(f) printf("%s %g %g\n", #f, __enzyme_autodiff((void *)f, 3.0), __enzyme_fwddiff((void *)f, 3.0, 1.0))
int main() {
  SHOW(once);
  SHOW(square);
  SHOW(through);
  SHOW(mark);
  SHOW(local);
  SHOW(sum);
  SHOW(either);
  SHOW(twice);
}
