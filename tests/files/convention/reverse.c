// Worked examples of the convention, reverse mode: every way to write a request. `reverse.out` is what it prints.
#include <stdio.h>
#include <math.h>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_interleave, enzyme_primal_return, enzyme_width;
typedef struct { double a, b; } D2; typedef struct { double a, b, c; } D3;
typedef struct { float a; double b; } FD; typedef struct {float a,b;} F2; typedef struct {float a,b,c;} F3;
double cube(double x) { return x * x * x; }
double f2(double x, double y) { return x * x * y; }
double f3(double x, double y, double z) { return x * y * z; }
double f4(float x, double y) { return x * y * y; }
double f5(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s; }
void f6(double *i, double *o) { *o = *i * *i; }
void f7(double *i, double *o) { *o *= *i; }
double f11(double *p, double x) { return p[0] * x; }
D2 f12(double x) { D2 r = {x * x, 3 * x}; return r; }
D3 f13(double x) { D3 r = {x * x, 3 * x, x}; return r; }
float g2(float x, float y) { return x*x*y; }
float g3(float x, float y, float z) { return x*y*z; }
double __enzyme_autodiff(void *, ...);
D2 __enzyme_autodiff_2(void *, ...); D3 __enzyme_autodiff_3(void *, ...);
FD __enzyme_autodiff_fd(void *, float, double);
F2 __enzyme_autodiff_f2(void *, float, float);
F3 __enzyme_autodiff_f3(void *, float, float, float);
void __enzyme_autodiff_v(void *, ...);
double __enzyme_autodiff_long(long, ...);
static double id(double x) { return x; }
typedef double (*fn)(double);
static fn get(fn f) { return f; }
static fn getc_(void) { return cube; }
static const fn table[2] = {id, cube};
int main(int argc, char **argv) {
  printf("1 %g\n", __enzyme_autodiff((void *)cube, 3.0));
  D2 r = __enzyme_autodiff_2((void *)f2, 3.0, 5.0); printf("2 %g %g\n", r.a, r.b);
  D3 t = __enzyme_autodiff_3((void *)f3, 3.0, 5.0, 7.0); printf("3 %g %g %g\n", t.a, t.b, t.c);
  FD fd = __enzyme_autodiff_fd((void *)f4, 3.f, 5.0); printf("4 %g %g\n", fd.a, fd.b);
  { double x[3] = {1,2,3}, d[3] = {10,0,0}; __enzyme_autodiff_v((void*)f5, x, d, 3); printf("5 %g %g %g\n", d[0], d[1], d[2]); }
  { double x=3,dx=1,y=0,dy=2; __enzyme_autodiff_v((void*)f6,&x,&dx,&y,&dy); printf("6 y=%g dx=%g dy=%g\n", y, dx, dy); }
  { double x=3,dx=1,y=4,dy=2; __enzyme_autodiff_v((void*)f7,&x,&dx,&y,&dy); printf("7 y=%g dx=%g dy=%g\n", y, dx, dy); }
  r = __enzyme_autodiff_2((void*)cube, enzyme_primal_return, 3.0); printf("8 %g %g\n", r.a, r.b);
  { double x[2]={1,2}, d[2]={0,0}; double p = __enzyme_autodiff((void*)f5, enzyme_primal_return, x, d, 2); printf("9 %g %g %g\n", p, d[0], d[1]); }
  printf("10 %g\n", __enzyme_autodiff((void*)f2, enzyme_const, 3.0, enzyme_out, 5.0));
  { double x=1, d=0; double q = __enzyme_autodiff((void*)f11, &x, &d, 5.0); printf("11 %g %g\n", q, d); }
  printf("12 %g\n", __enzyme_autodiff((void*)f12, 3.0));
  { D3 d={1,10,100}; double q = __enzyme_autodiff((void*)f13, &d, 3.0); printf("13 %g %g %g %g\n", q, d.a, d.b, d.c); }
  { double x=3,dx=1,y=0,dy=2; __enzyme_autodiff_v((void*)f6,enzyme_dup,&x,enzyme_dupnoneed,&y,enzyme_interleave,&dx,&dy); printf("14 dx=%g\n", dx); }
  F2 q2 = __enzyme_autodiff_f2((void*)g2, 3.f, 5.f); printf("f2 %g %g\n", q2.a, q2.b);
  F3 q3 = __enzyme_autodiff_f3((void*)g3, 3.f, 5.f, 7.f); printf("f3 %g %g %g\n", q3.a, q3.b, q3.c);
  int k = enzyme_const; printf("local marker %g\n", __enzyme_autodiff((void*)f2, k, 3.0, &enzyme_out, 5.0));
  printf("long %g\n", __enzyme_autodiff_long((long)cube, 3.0));
  printf("ret param %g\n", __enzyme_autodiff((void*)get(cube), 3.0));
  printf("ret const %g\n", __enzyme_autodiff((void*)getc_(), 3.0));
  fn loc = cube; printf("local %g\n", __enzyme_autodiff((void*)loc, 3.0));
  printf("table %g\n", __enzyme_autodiff((void*)table[1], 3.0));
  printf("choice %g\n", __enzyme_autodiff((void*)(argc > 1 ? id : cube), 3.0));
  printf("declared more %g\n", __enzyme_autodiff((void*)f2, 3.0, 5.0));
  return 0;
}
