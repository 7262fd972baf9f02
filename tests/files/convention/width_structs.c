// Structs and vectors by value, with several directions. `width_structs.out` is what it prints.
#include <stdio.h>
extern int enzyme_width, enzyme_dup, enzyme_dupv, enzyme_const, enzyme_interleave, enzyme_primal_return, enzyme_out;
typedef struct { double a, b, c; } D3; typedef struct { double a, b; } D2; 
typedef struct { float a, b; } F2;
double sum(D3 s) { s.a *= s.b; return s.a + s.b * s.c; }
double reg(D2 s, double k) { return s.a * s.b * k; }
float two(F2 s) { return s.a * s.b; }
long count(double *x, int n) { long c = 0; for (int i = 0; i < n; i++) { x[i] *= 2; c += x[i] > 1; } return c; }
typedef struct { F2 a, b; } FF;
D2 __enzyme_fwddiff_2(void *, ...); void __enzyme_autodiff_v(void *, ...);
typedef struct {double v[6];} D6; D6 __enzyme_autodiff_6(void *, ...);
FF __enzyme_autodiff_ff(void *, int, int, F2); long __enzyme_fwddiff_l(void *, ...); long __enzyme_autodiff_l(void *, ...);
int main() {
  D3 s = {2, 3, 5}, u = {1, 0, 0}, v = {0, 1, 2};
  { D2 r = __enzyme_fwddiff_2((void *)sum, enzyme_width, 2, s, u, v); printf("byval %g %g %g\n", r.a, r.b, s.a); }
  { D2 r = __enzyme_fwddiff_2((void *)sum, enzyme_width, 2, s, &u, &v); printf("byval pointers %g %g\n", r.a, r.b); }
  { D3 d[2] = {{1, 0, 0}, {0, 1, 2}}; D2 r = __enzyme_fwddiff_2((void *)sum, enzyme_width, 2, enzyme_dupv, 24, s, d); printf("byval stride %g %g\n", r.a, r.b); }
  { D3 d = {1, 0, 0}; __enzyme_autodiff_v((void *)sum, &s, &d); printf("byval alone %g %g %g\n", d.a, d.b, d.c); }
  { D3 d[2] = {{1, 0, 0}, {0, 1, 2}}; __enzyme_autodiff_v((void *)sum, enzyme_width, 2, &s, &d[0], &d[1]); printf("byval reverse %g %g %g %g %g %g\n", d[0].a, d[0].b, d[0].c, d[1].a, d[1].b, d[1].c); }
  { D2 t = {2, 3}; D6 r = __enzyme_autodiff_6((void *)reg, enzyme_width, 2, t, 5.0); printf("registers %g %g %g %g %g %g\n", r.v[0], r.v[1], r.v[2], r.v[3], r.v[4], r.v[5]); }
  { F2 t = {2, 3}; FF r = __enzyme_autodiff_ff((void *)two, enzyme_width, 2, t); printf("floats %g %g %g %g\n", r.a.a, r.a.b, r.b.a, r.b.b); }
  { double x[2] = {1, .2}, a[2] = {1, 2}, b[2] = {3, 4}; long c = __enzyme_autodiff_l((void *)count, enzyme_width, 2, enzyme_primal_return, x, a, b, 2); printf("count %ld %g %g %g %g\n", c, a[0], a[1], b[0], b[1]); }
  { double x[2] = {1, .2}, a[2] = {1, 2}, b[2] = {3, 4}; long c = __enzyme_fwddiff_l((void *)count, enzyme_width, 2, enzyme_primal_return, x, a, b, 2); printf("count %ld %g %g %g %g\n", c, a[0], a[1], b[0], b[1]); }
}
