// Worked examples of the convention, forward mode and nested requests. `forward.out` is what it prints.
#include <stdio.h>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_interleave, enzyme_primal_return, enzyme_width, enzyme_const_return;
typedef struct { double a, b; } D2; typedef struct { double a, b, c; } D3; typedef struct {D3 x, y;} D33;
double cube(double x) { return x * x * x; }
double f2(double x, double y) { return x * x * y; }
void f6(double *i, double *o) { *o = *i * *i; }
D3 f13(double x) { D3 r = {x * x, 3 * x, x}; return r; }
double f26(D2 s) { return s.a * s.a + s.b; }
double *fp(double *x) { *x *= *x; return x; }
double __enzyme_fwddiff(void *, ...); D2 __enzyme_fwddiff_2(void *, ...); void __enzyme_fwddiff_v(void*,...); D33 __enzyme_fwddiff_33(void*,...); D3 __enzyme_fwddiff_3(void*,...);
double *__enzyme_fwddiff_p(void*,...);
double __enzyme_autodiff(void*, ...);
double dcube(double x) { return __enzyme_autodiff((void*)cube, x); }
int main() {
  printf("17 %g\n", __enzyme_fwddiff((void*)cube, 3.0, 1.0));
  D2 r = __enzyme_fwddiff_2((void*)cube, enzyme_primal_return, 3.0, 1.0); printf("18 %g %g\n", r.a, r.b);
  printf("19 %g\n", __enzyme_fwddiff((void*)f2, 3.0, 1.0, 5.0, 10.0));
  printf("20 %g\n", __enzyme_fwddiff((void*)f2, 3.0, 1.0, enzyme_const, 5.0));
  { double x=3,dx=1,y=0,dy=9; __enzyme_fwddiff_v((void*)f6,&x,&dx,&y,&dy); printf("21 %g %g\n", y, dy); }
  D33 q = __enzyme_fwddiff_33((void*)f13, enzyme_primal_return, 3.0, 1.0); printf("25 %g %g %g %g %g %g\n", q.x.a,q.x.b,q.x.c,q.y.a,q.y.b,q.y.c);
  D3 t = __enzyme_fwddiff_3((void*)f13, 3.0, 1.0); printf("25b %g %g %g\n", t.a,t.b,t.c);
  D2 s={3,5}, ds={1,.5}; printf("26 %g\n", __enzyme_fwddiff((void*)f26, enzyme_dup, s, enzyme_interleave, ds));
  printf("const ret %g\n", __enzyme_fwddiff((void*)cube, enzyme_const_return, enzyme_primal_return, 3.0, 1.0));
  { double x=3,dx=1; double *p=__enzyme_fwddiff_p((void*)fp,&x,&dx); printf("ptr %d %g %g\n", p==&dx, x, dx); }
  printf("fwd over rev %g\n", __enzyme_fwddiff((void*)dcube, 3.0, 1.0));
  printf("rev over rev %g\n", __enzyme_autodiff((void*)dcube, 3.0));
}
