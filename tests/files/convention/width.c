// Vector width: several directions at once, in every form of operands and results. `width.out` is what it prints.
#include <stdio.h>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_dupv, enzyme_dupnoneedv, enzyme_interleave, enzyme_primal_return, enzyme_width;
typedef struct { double a, b; } D2; typedef struct { double a, b, c; } D3; typedef struct { double a, b, c, d; } D4;
typedef struct { D2 x, y; } D22; typedef struct { D3 x, y; } D33; typedef struct { D3 p, x, y; } D333;
typedef struct { float a, b; } F2; typedef struct { float a, b, c; } F3;
double cube(double x) { return x * x * x; }
double square(double x) { return x * x; }
double mul(double x, double y) { return x * x * y; }
double sum(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s; }
void store(double *i, double *o) { *o = *i * *i; }
D3 powers(double x) { D3 r = {x * x, 3 * x, x}; return r; }
D2 pair(double x) { D2 r = {x * x, 3 * x}; return r; }
double field(D2 s) { return s.a * s.a + s.b; }
float fmulf(float x, float y) { return x * x * y; }
double *advance(double *x) { *x *= *x; return x + 1; }

double __enzyme_fwddiff(void *, ...); void __enzyme_fwddiff_v(void *, ...);
D2 __enzyme_fwddiff_2(void *, ...); D3 __enzyme_fwddiff_3(void *, ...); D22 __enzyme_fwddiff_22(void *, ...); D33 __enzyme_fwddiff_33(void *, ...); D333 __enzyme_fwddiff_333(void *, ...);
F2 __enzyme_fwddiff_f2(void *, int, int, float, float, float, float, float, float);
F3 __enzyme_fwddiff_f3(void *, int, int, int, float, float, float, float, float, float);
typedef struct { double *a, *b; } P2;
P2 __enzyme_fwddiff_p2(void *, ...);
double __enzyme_autodiff(void *, ...); void __enzyme_autodiff_v(void *, ...);
D2 __enzyme_autodiff_2(void *, ...); D3 __enzyme_autodiff_3(void *, ...); D4 __enzyme_autodiff_4(void *, ...);

int main(int argc, char **argv) {
  (void)argv;
  { D3 r = __enzyme_autodiff_3((void *)cube, enzyme_width, 3, 3.0); printf("15 %g %g %g\n", r.a, r.b, r.c); }
  { double x[2] = {1, 2}, d[4] = {0, 0, 0, 0}; __enzyme_autodiff_v((void *)sum, enzyme_width, 2, enzyme_dupv, 16, x, d, 2); printf("16 %g %g %g %g\n", d[0], d[1], d[2], d[3]); }
  { D2 r = __enzyme_fwddiff_2((void *)cube, enzyme_width, 2, 3.0, 1.0, 10.0); printf("22 %g %g\n", r.a, r.b); }
  { D3 r = __enzyme_fwddiff_3((void *)square, enzyme_width, 2, enzyme_primal_return, 3.0, 1.0, 10.0); printf("23 %g %g %g\n", r.a, r.b, r.c); }
  { double x[2] = {1, 2}, d[4] = {1, 0, 0, 1}; D2 r = __enzyme_fwddiff_2((void *)sum, enzyme_width, 2, enzyme_dupv, 16, x, d, 2); printf("24 %g %g\n", r.a, r.b); }

  { D4 r = __enzyme_autodiff_4((void *)mul, enzyme_width, 2, 3.0, 5.0); printf("two arguments %g %g %g %g\n", r.a, r.b, r.c, r.d); }
  { D2 r = __enzyme_autodiff_2((void *)cube, enzyme_width, 2, 3.0); printf("in registers %g %g\n", r.a, r.b); }
  { D3 r = __enzyme_autodiff_3((void *)square, enzyme_width, 2, enzyme_primal_return, 3.0); printf("with primal %g %g %g\n", r.a, r.b, r.c); }
  printf("first direction %g\n", __enzyme_fwddiff((void *)cube, enzyme_width, 2, 3.0, 2.0, 10.0));
  printf("width 1 %g\n", __enzyme_fwddiff((void *)cube, enzyme_width, 1, 3.0, 2.0));
  { D3 r = __enzyme_fwddiff_3((void *)mul, enzyme_width, 3, 3.0, 1.0, 10.0, 0.0, 5.0, 0.0, 1.0, 2.0); printf("forward 3 %g %g %g\n", r.a, r.b, r.c); }
  { double x[2] = {1, 2}, a[2] = {10, 0}, b[2] = {0, 20}; __enzyme_autodiff_v((void *)sum, enzyme_width, 2, x, a, b, 2); printf("two shadows %g %g %g %g\n", a[0], a[1], b[0], b[1]); }
  { double x = 3, y = 0, dx[2] = {1, 0}, dy[2] = {2, 5};
    __enzyme_autodiff_v((void *)store, enzyme_width, 2, enzyme_dup, &x, enzyme_dupnoneed, &y, enzyme_interleave, &dx[0], &dx[1], &dy[0], &dy[1]);
    printf("interleave %g %g %g %g\n", dx[0], dx[1], dy[0], dy[1]); }
  { double x = 3, y = 0, dx[2] = {1, 0}, dy[2] = {2, 5};
    __enzyme_autodiff_v((void *)store, enzyme_width, 2, enzyme_dupv, (long)sizeof(double), &x, enzyme_dupnoneedv, argc * 8, &y, enzyme_interleave, dx, dy);
    printf("strides %g %g %g %g\n", dx[0], dx[1], dy[0], dy[1]); }
  { double x = 3, y = 0, dx[2] = {1, 10}, dy[2] = {9, 9};
    __enzyme_fwddiff_v((void *)store, enzyme_width, 2, enzyme_dupv, argc * 8, &x, dx, enzyme_dupnoneedv, (short)8, &y, dy);
    printf("forward strides %g %g\n", dy[0], dy[1]); }
  { double x[2] = {1, 2}, d[6] = {1, 0, -7, 0, 1, -7}; D2 r = __enzyme_fwddiff_2((void *)sum, enzyme_width, 2, enzyme_dupv, 24, x, d, 2); printf("gap %g %g\n", r.a, r.b); }
  { double x[2] = {1, 2}, d[4] = {1, 0, 0, 1}; D2 r = __enzyme_fwddiff_2((void *)sum, enzyme_width, 2, enzyme_dupv, -16, x, d + 2, 2); printf("backwards %g %g\n", r.a, r.b); }
  { D33 r = __enzyme_fwddiff_33((void *)powers, enzyme_width, 2, 3.0, 1.0, 10.0); printf("struct %g %g %g %g %g %g\n", r.x.a, r.x.b, r.x.c, r.y.a, r.y.b, r.y.c); }
  { D333 r = __enzyme_fwddiff_333((void *)powers, enzyme_width, 2, enzyme_primal_return, 3.0, 1.0, 10.0); printf("struct with primal %g %g %g %g %g %g %g %g %g\n", r.p.a, r.p.b, r.p.c, r.x.a, r.x.b, r.x.c, r.y.a, r.y.b, r.y.c); }
  { D22 r = __enzyme_fwddiff_22((void *)pair, enzyme_width, 2, 3.0, 1.0, 10.0); printf("pair %g %g %g %g\n", r.x.a, r.x.b, r.y.a, r.y.b); }
  { D3 u = {1, 10, 100}, v = {1, 0, 0}; D2 r = __enzyme_autodiff_2((void *)powers, &u, &v, enzyme_width, 2, 3.0); printf("struct seeds %g %g %g %g\n", r.a, r.b, u.c, v.a); }
  { D2 s = {3, 5}, u = {1, .5}, v = {0, 2}; D2 r = __enzyme_fwddiff_2((void *)field, enzyme_width, 2, enzyme_dup, s, enzyme_interleave, u.a, v.a, u.b, v.b); printf("registers %g %g\n", r.a, r.b); }
  { D2 r = __enzyme_autodiff_2((void *)pair, enzyme_width, 2, 3.0); printf("pair seeds %g %g\n", r.a, r.b); }
  { F2 r = __enzyme_fwddiff_f2((void *)fmulf, enzyme_width, 2, 3, 1, 2, 5, 0, 1); printf("floats %g %g\n", r.a, r.b); }
  { F3 r = __enzyme_fwddiff_f3((void *)fmulf, enzyme_width, 2, enzyme_primal_return, 3, 1, 2, 5, 0, 1); printf("floats with primal %g %g %g\n", r.a, r.b, r.c); }
  { double x[2] = {3, 0}, u[2] = {1, 0}, v[2] = {10, 0}; P2 r = __enzyme_fwddiff_p2((void *)advance, enzyme_width, 2, x, u, v); printf("pointers %d %d %g %g %g\n", r.a == u + 1, r.b == v + 1, x[0], u[0], v[0]); }
  printf("constant %g\n", __enzyme_fwddiff((void *)mul, enzyme_width, 2, 3.0, 1.0, 2.0, enzyme_const, 5.0));
}
