// Two halves with several directions, recursion, and as part of another derivative. `split_width.out` is what it prints.
#include <stdio.h>
#include <math.h>
#include <string.h>
extern int enzyme_dup, enzyme_const, enzyme_width, enzyme_dupv, enzyme_byref, enzyme_allocated, enzyme_tape, enzyme_nofree;
typedef struct { void *tape; double r; } TR; typedef struct {double a,b,c,d;} D4; typedef struct {double a,b;} D2; typedef struct { void *tape; double *r, *d[2]; } TPW;
typedef struct { double a, b, c; } D3; typedef struct { void *tape; D3 r; } TD3;
TR __enzyme_augmentfwd(void *, ...); D4 __enzyme_reverse_4(void *, ...); void __enzyme_reverse_v(void *, ...); double __enzyme_reverse(void*,...);
TPW __enzyme_augmentfwd_p(void *, ...); TD3 __enzyme_augmentfwd_3(void*,...);
int __enzyme_augmentsize(void*,...); double __enzyme_fwddiff(void*,...); double __enzyme_autodiff(void*,...);
double xxy(double x, double y) { return x * x * y; }
double sum2(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) { x[i] *= x[i]; s += x[i] * sin(x[i]); } return s; }
double *ptr(double *x) { *x *= *x; return x; }
double cube(double x) { return x*x*x; }
D3 f13(double x) { D3 r = {x * x, 3 * x, x}; return r; }
double grad(double x) { TR t = __enzyme_augmentfwd((void*)cube, x); return __enzyme_reverse((void*)cube, x, 1.0, t.tape); }
double fact(double x, int n) { return n <= 1 ? x : sin(x) * fact(x * .9, n - 1); }
int main() {
  { TR t = __enzyme_augmentfwd((void*)xxy, enzyme_width, 2, 3.0, 5.0); D2 s = {1, 10}; 
    D4 g = __enzyme_reverse_4((void*)xxy, enzyme_width, 2, 3.0, 5.0, s, t.tape, enzyme_nofree); printf("%g: %g %g %g %g\n", t.r, g.a, g.b, g.c, g.d);
    g = __enzyme_reverse_4((void*)xxy, enzyme_width, 2, 3.0, 5.0, 1.0, 10.0, t.tape, enzyme_nofree); printf("%g: %g %g %g %g\n", t.r, g.a, g.b, g.c, g.d);
    g = __enzyme_reverse_4((void*)xxy, enzyme_width, 2, 3.0, 5.0, enzyme_byref, sizeof s, &s, t.tape); printf("%g: %g %g %g %g\n", t.r, g.a, g.b, g.c, g.d); }
  { double x[2] = {.5, .25}, d[2][2] = {0}; TR t = __enzyme_augmentfwd((void*)sum2, enzyme_width, 2, enzyme_dupv, 16, x, d, 2); memset(x, 0xff, 16);
    __enzyme_reverse_v((void*)sum2, enzyme_width, 2, enzyme_dupv, 16, x, d, 2, 1.0, 2.0, t.tape); printf("%g %g %g %g\n", d[0][0], d[0][1], d[1][0], d[1][1]); }
  { double x = 3, d = 0, e = 0; TPW t = __enzyme_augmentfwd_p((void*)ptr, enzyme_width, 2, &x, &d, &e); printf("%d %d %d\n", t.r == &x, t.d[0] == &d, t.d[1] == &e); d = 1; e = 10; x = 0;
    __enzyme_reverse_v((void*)ptr, enzyme_width, 2, &x, &d, &e, t.tape); printf("%g %g\n", d, e); }
  { D3 d = {1, 10, 100}, e = {1, 1, 1}; TD3 t = __enzyme_augmentfwd_3((void*)f13, enzyme_width, 2, &d, &e, 3.0); D4 g = __enzyme_reverse_4((void*)f13, enzyme_width, 2, &d, &e, 3.0, t.tape); printf("%g %g %g\n", t.r.b, g.a, g.b); }
  printf("%d\n", __enzyme_augmentsize((void*)sum2, enzyme_width, 2, enzyme_dup, enzyme_const) > 0);
  printf("nested %g %g\n", __enzyme_fwddiff((void*)grad, 3.0, 1.0), __enzyme_autodiff((void*)grad, 3.0));
  { TR t = __enzyme_augmentfwd((void*)fact, 1.5, 6), u = __enzyme_augmentfwd((void*)fact, .5, 3); double a = __enzyme_reverse((void*)fact, 1.5, 6, 1.0, t.tape), b = __enzyme_reverse((void*)fact, .5, 3, 1.0, u.tape);
    printf("recursive %g %g, %g %g\n", a, __enzyme_autodiff((void*)fact, 1.5, 6), b, __enzyme_autodiff((void*)fact, .5, 3)); }
}
