// Hessians: every mode over every mode, each of width 2. `hessian.out` is what it prints.
#include <stdio.h>
#include <math.h>
extern int enzyme_width, enzyme_dup, enzyme_dupv, enzyme_const;
typedef struct { double a, b; } D2;
D2 __enzyme_fwddiff2(void *, ...); void __enzyme_autodiff_v(void*, ...); void __enzyme_fwddiff_v(void *, ...);
double f(double x, double y) { return sin(x) * y * y; }
void grad(double *x, double *g) { D2 r = __enzyme_fwddiff2((void *)f, enzyme_width, 2, x[0], 1.0, 0.0, x[1], 0.0, 1.0); g[0] = r.a; g[1] = r.b; }
void forward_forward(double *x, double h[2][2]) { double g[2], e[2][2] = {{1, 0}, {0, 1}};
  __enzyme_fwddiff_v((void *)grad, enzyme_width, 2, enzyme_dupv, 16L, x, e, enzyme_dupv, 16L, g, h); }
void rgrad(const double *x, double *g) { D2 __enzyme_autodiff_2(void *, ...); D2 r = __enzyme_autodiff_2((void *)f, x[0], x[1]); g[0] = r.a; g[1] = r.b; }
void forward_reverse(double *x, double h[2][2]) { double g[2], e[2][2] = {{1, 0}, {0, 1}};
  __enzyme_fwddiff_v((void *)rgrad, enzyme_width, 2, enzyme_dupv, 16L, x, e, enzyme_dupv, 16L, g, h); }
void reverse_forward(double *x, double h[2][2]) { double g[2], s[2][2] = {{1, 0}, {0, 1}}; h[0][0]=h[0][1]=h[1][0]=h[1][1]=0;
  __enzyme_autodiff_v((void *)grad, enzyme_width, 2, enzyme_dupv, 16L, x, h, enzyme_dupv, 16L, g, s); }
void reverse_reverse(double *x, double h[2][2]) { double g[2], s[2][2] = {{1, 0}, {0, 1}}; h[0][0]=h[0][1]=h[1][0]=h[1][1]=0;
  __enzyme_autodiff_v((void *)rgrad, enzyme_width, 2, enzyme_dupv, 16L, x, h, enzyme_dupv, 16L, g, s); }
int main(void) {
  double x[2] = {0.7, 1.3}, h[2][2];
  void (*all[])(double *, double[2][2]) = {forward_forward, forward_reverse, reverse_forward, reverse_reverse};
  for (int i = 0; i < 4; i++) { all[i](x, h); printf("%d %.10f %.10f %.10f %.10f\n", i, h[0][0], h[0][1], h[1][0], h[1][1]); }
  printf("by hand %.10f %.10f %.10f %.10f\n", -sin(.7) * 1.69, cos(.7) * 2.6, cos(.7) * 2.6, 2 * sin(.7));
}
