// The tape of a function that is called twice is a list; a derivative of the gradient finds its numbers through
// the list's head.
#include <cmath>
#include <cstdio>
extern "C" {
extern int enzyme_dup;
void __enzyme_autodiff(void *, ...);
void __enzyme_fwddiff(void *, ...);
}
struct Numbers {
  unsigned long r;
  double *d;
  ~Numbers() { delete[] d; }
  double &operator()(unsigned long i) {
    if (i >= r) throw 1;
    return d[i];
  }
};
static double product(Numbers &m) {
  double d = 1;
  for (unsigned long k = 0; k < m.r; k++) {
    unsigned long p = k;
    for (unsigned long i = k + 1; i < m.r; i++)
      if (m(i) > m(p)) p = i;
    d *= m(p);
  }
  return d;
}
static double f(double *x) {
  Numbers m{4, new double[4]};
  for (int i = 0; i < 4; i++) m(i) = x[i];
  return product(m) + product(m);
}
static void gradient(double *x, double *dx) { __enzyme_autodiff((void *)f, enzyme_dup, x, dx); }
int main() {
  double x[4] = {1.5, 0.5, -0.5, 2}, v[4] = {1, 2, 3, 4}, g[4] = {0}, h[4] = {0};
  __enzyme_fwddiff((void *)gradient, enzyme_dup, x, v, enzyme_dup, g, h);
  for (int i = 0; i < 4; i++) std::printf("%g %g\n", g[i], h[i]);
}
