// Forms of arguments, results, markers and functions. `forms.out` is what it prints.
#include <complex.h>
#include <math.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_interleave, enzyme_primal_return, enzyme_const_return,
    enzyme_noret, enzyme_dup_return, enzyme_byref, enzyme_not_overwritten, enzyme_active_return;
extern int diffe_dup, diffe_const, diffe_out, diffe_dupnoneed;
typedef struct { double a, b; } D2; typedef struct { double a, b, c; } D3; typedef struct { double a, b, c, d; } D4;
typedef struct { float a, b; } F2; typedef struct { float a, b, c; } F3; typedef struct { double *p; double s; } PS;
typedef struct { D3 p; double g; } D3D; typedef struct { D2 x, y; } D22; typedef struct { double v[2]; } A2; typedef struct { double a; int n; } DI;
double __enzyme_autodiff(void *, ...); void __enzyme_autodiff_v(void *, ...); D2 __enzyme_autodiff_2(void *, ...); D3 __enzyme_autodiff_3(void *, ...);
D4 __enzyme_autodiff_4(void *, ...); F2 __enzyme_autodiff_f2(void *, ...); D3D __enzyme_autodiff_3d(void *, ...); float __enzyme_autodiff_f(void *, float);
A2 __enzyme_autodiff_a2(void *, ...); D22 __enzyme_autodiff_22(void *, ...); F2 __enzyme_autodiff_f2s(void *, F2); double complex __enzyme_autodiff_c(void *, ...);
long double __enzyme_autodiff_l(void *, ...); double __enzyme_autodiff_b(void *, double, ...); struct { double a; } __enzyme_autodiff_w(void *, ...);
double __enzyme_fwddiff(void *, ...); D2 __enzyme_fwddiff_2(void *, ...); D3 __enzyme_fwddiff_3(void *, ...); D22 __enzyme_fwddiff_22(void *, ...);
F2 __enzyme_fwddiff_f2(void *, ...); F3 __enzyme_fwddiff_f3(void *, ...); double complex __enzyme_fwddiff_c(void *, ...); PS __enzyme_fwddiff_ps(void *, ...);
float __enzyme_fwddiff_ff(void *, int, F2, int, F2); D4 __enzyme_fwddiff_4(void *, ...); void __enzyme_fwddiff_v(void *, ...);
double cube(double x) { return x * x * x; }
double xxy(double x, double y) { return x * x * y; }
double pair(D2 s) { return s.a * s.a * s.b; }
float pairf(F2 s) { return s.a * s.a * s.b; }
double mixed(PS s) { return s.p[0] * s.p[1] * s.s; }
double big(D4 s) { s.a *= 2; return s.a * s.b + s.c * s.d; }
double gated(bool b, double x) { return b ? x * x : x; }
int whole(double x) { return (int)(x * x); }
D3 f13(double x) { D3 r = {x * x, 3 * x, x}; return r; }
D2 f12(double x) { D2 r = {x * x, 3 * x}; return r; }
F2 f2f(double x) { F2 r = {x * x, 3 * x}; return r; }
F3 f3f(double x) { F3 r = {x * x, 3 * x, x}; return r; }
double complex csq(double complex z) { return z * z; }
long double lcube(long double x) { return x * x * x; }
float fsq(float x) { return x * x; }
PS wrap(double *p, double s) { PS r = {p, s * s}; *p *= s; return r; }
double sum4(D2 a, double *p, D2 b) { return a.a * b.b + a.b * b.a + *p; }
double idx(double *p, int i, long j) { return p[i] * p[j]; }
void two(double *x, double *y) { double t = *x; *x = *y * t; *y = t * t; }
extern double alias_cube(double) __attribute__((alias("cube")));
static double half(double x) { return x / 2; }
static double (*const table[])(double) = {half, cube};
static const struct { int n; double (*f)(double); } entry = {1, cube};
typedef double (*fn)(double);
static fn pick(int n, fn f, fn g) { return f; }
void ir_forms(bool);
int main(int argc, char **argv) {
  // Arguments.
  { D2 g = __enzyme_autodiff_2((void *)pair, (D2){3, 5}); printf("struct %g %g\n", g.a, g.b); }
  { D2 s = {3, 5}; printf("half constant %g\n", __enzyme_autodiff((void *)pair, enzyme_const, s)); }
  { F2 g = __enzyme_autodiff_f2s((void *)pairf, (F2){3, 5}); printf("floats %g %g\n", g.a, g.b); }
  { double p[2] = {2, 3}, d[2] = {0}; PS s = {p, 5}, ds = {d, 0}; double g = __enzyme_autodiff((void *)mixed, enzyme_dup, s.p, d, enzyme_out, s.s); printf("pointer and float %g %g %g\n", g, d[0], d[1]); }
  { double p[2] = {2, 3}, d[2] = {1, 10}; PS s = {p, 5}, ds = {d, 100}; printf("forward %g\n", __enzyme_fwddiff((void *)mixed, enzyme_dup, s, enzyme_interleave, ds)); }
  { D4 s = {1, 2, 3, 4}, d = {0}; __enzyme_autodiff_v((void *)big, s, d); printf("byval %g %g %g %g %g\n", d.a, d.b, d.c, d.d, s.a); }
  { D4 s = {1, 2, 3, 4}, d = {0}; __enzyme_autodiff_v((void *)big, &s, &d); printf("byval %g %g %g %g %g\n", d.a, d.b, d.c, d.d, s.a); }
  { D4 s = {1, 2, 3, 4}, d = {0}; __enzyme_autodiff_v((void *)big, s, &d); printf("byval %g %g %g %g %g\n", d.a, d.b, d.c, d.d, s.a); }
  { D4 s = {1, 2, 3, 4}, d = {1, 0, 10, 0}; printf("byval forward %g\n", __enzyme_fwddiff((void *)big, s, d)); }
  { F2 s = {3, 5}, d = {1, 10}; printf("floats forward %g\n", __enzyme_fwddiff_ff((void *)pairf, enzyme_dup, s, enzyme_interleave, d)); }
  { D2 a = {1, 2}, b = {3, 4}; double p = 5, d = 0; D4 g = __enzyme_autodiff_4((void *)sum4, a, &p, &d, b); printf("around a pointer %g %g %g %g %g\n", g.a, g.b, g.c, g.d, d); }
  { D2 a = {1, 2}, b = {3, 4}, da = {1, 0}, db = {0, 1}; double p = 5, d = 100;
    printf("interleaved %g\n", __enzyme_fwddiff((void *)sum4, enzyme_dup, a, &p, b, enzyme_interleave, da, &d, db)); }
  printf("bool %g %g\n", __enzyme_autodiff((void *)gated, 1, 3.0), __enzyme_autodiff((void *)gated, argc > 5, 3.0));
  { double p[2] = {2, 3}, d[2] = {0}; __enzyme_autodiff_v((void *)idx, p, d, 0, 1L); printf("integers %g %g\n", d[0], d[1]); }
  { double x = 3; printf("by reference %g\n", __enzyme_autodiff((void *)cube, enzyme_byref, sizeof x, &x)); }
  { double x = 3, d = 1, y = 5, e = 2; __enzyme_autodiff_v((void *)two, &x, &d, &y, &e); printf("both ways %g %g %g %g\n", x, y, d, e); }
  // Results.
  { D2 g = __enzyme_autodiff_2((void *)cube, enzyme_primal_return, 3.0); printf("primal %g %g\n", g.a, g.b); }
  { D3 d = {1, 10, 100}; D3D g = __enzyme_autodiff_3d((void *)f13, enzyme_primal_return, &d, 3.0); printf("primal struct %g %g %g %g\n", g.p.a, g.p.b, g.p.c, g.g); }
  { D3 g = __enzyme_autodiff_3((void *)f12, enzyme_primal_return, 3.0); printf("flat %g %g %g\n", g.a, g.b, g.c); }
  { A2 g = __enzyme_autodiff_a2((void *)xxy, 3.0, 5.0); printf("array %g %g\n", g.v[0], g.v[1]); }
  { D4 g = __enzyme_autodiff_4((void *)xxy, 3.0, 5.0); printf("larger %g %g\n", g.a, g.b); }
  printf("one field %g\n", __enzyme_autodiff_w((void *)cube, 3.0).a);
  printf("first %g\n", __enzyme_autodiff((void *)xxy, 3.0, 5.0));
  printf("first of primal %g\n", __enzyme_autodiff((void *)cube, enzyme_primal_return, 3.0));
  printf("const return %g\n", __enzyme_autodiff((void *)cube, enzyme_const_return, 3.0));
  { D2 g = __enzyme_autodiff_2((void *)cube, 3.0, enzyme_const_return, enzyme_primal_return); printf("const primal %g %g\n", g.a, g.b); }
  printf("integer %g\n", __enzyme_autodiff((void *)whole, 3.0));
  printf("structs %g %g\n", __enzyme_autodiff((void *)f12, 3.0), __enzyme_autodiff((void *)f2f, 3.0));
  { double complex g = __enzyme_autodiff_c((void *)csq, 3.0 + 4.0 * I); printf("complex %g %g\n", creal(g), cimag(g)); }
  printf("long %Lg float %g\n", __enzyme_autodiff_l((void *)lcube, 3.0L), __enzyme_autodiff_f((void *)fsq, 3.f));
  { D22 r = __enzyme_fwddiff_22((void *)f12, enzyme_primal_return, 3.0, 1.0); printf("both structs %g %g %g %g\n", r.x.a, r.x.b, r.y.a, r.y.b); }
  { D4 r = __enzyme_fwddiff_4((void *)f12, enzyme_primal_return, 3.0, 1.0); printf("both flat %g %g %g %g\n", r.a, r.b, r.c, r.d); }
  { D3 r = __enzyme_fwddiff_3((void *)f13, enzyme_noret, 3.0, 1.0); printf("tangent struct %g %g %g\n", r.a, r.b, r.c); }
  { F2 r = __enzyme_fwddiff_f2((void *)f2f, 3.0, 1.0); F3 q = __enzyme_fwddiff_f3((void *)f3f, 3.0, 1.0); printf("tangent floats %g %g %g %g %g\n", r.a, r.b, q.a, q.b, q.c); }
  { double complex t = __enzyme_fwddiff_c((void *)csq, enzyme_dup, 3.0 + 4.0 * I, enzyme_interleave, 1.0 + 0.0 * I); printf("tangent complex %g %g\n", creal(t), cimag(t)); }
  { double p = 2, d = 1; PS t = __enzyme_fwddiff_ps((void *)wrap, &p, &d, 3.0, 1.0); printf("tangent pointer %d %g %g %g\n", t.p == &d, t.s, p, d); }
  printf("dup return %g\n", __enzyme_fwddiff((void *)cube, enzyme_dup_return, 3.0, 1.0));
  // Markers.
  printf("old %g", __enzyme_autodiff((void *)xxy, diffe_const, 3.0, diffe_out, 5.0));
  { double x = 3, d = 1, y = 5, e = 2; __enzyme_autodiff_v((void *)two, diffe_dup, &x, &d, diffe_dupnoneed, &y, &e); printf(" %g %g\n", d, e); }
  { int k = enzyme_const, *l = &enzyme_out; printf("local %g\n", __enzyme_autodiff((void *)xxy, k, 3.0, l, 5.0)); }
  { int k; if (argc > 1) k = enzyme_const; else k = enzyme_const; printf("joined %g\n", __enzyme_autodiff((void *)xxy, k, 3.0, (void *)&enzyme_out, 5.0)); }
  printf("cast %g\n", __enzyme_autodiff((void *)xxy, (long)&enzyme_const, 3.0, (char *)&enzyme_out, 5.0));
  printf("last wins %g\n", __enzyme_autodiff((void *)xxy, enzyme_out, enzyme_const, 3.0, 5.0));
  // Functions.
  printf("alias %g\n", __enzyme_autodiff((void *)alias_cube, 3.0));
  printf("constants %g %g\n", __enzyme_autodiff((void *)table[1], 3.0), __enzyme_autodiff((void *)entry.f, 3.0));
  printf("trivial call %g\n", __enzyme_autodiff((void *)pick(1, cube, half), 3.0));
  { fn f = cube; fn *g = &f; printf("local %g", __enzyme_autodiff((void *)*g, 3.0));
    if (argc > 1) f = half; printf(" %g\n", __enzyme_autodiff((void *)f, 3.0)); }
  printf("choice %g %g\n", __enzyme_autodiff((void *)(argc > 1 ? table[0] : cube), 3.0), __enzyme_autodiff((void *)(argc > 1 ? cube : (argc > 2 ? half : cube)), 3.0));
  ir_forms(argc > 1);
}
