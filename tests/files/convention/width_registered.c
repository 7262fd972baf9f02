// Registered derivatives are called once for each direction. `width_registered.out` is what it prints.
#include <stdio.h>
typedef struct { double a, b; } D2;
typedef struct { double a, b, c, d; } D4;
typedef struct { double a, b, c; } D3;
double k(double x, double y) { return x * y; }
double k_aug(double x, double y) { return x * y; }
D2 k_rev(double x, double y, double d) { return (D2){300 * d, 400 * d}; }
void *__enzyme_register_gradient_k[] = {(void *)k, (void *)k_aug, (void *)k_rev};
double q(double x, int n) { return x * x * n; }
D2 q_fwd(double x, double dx, int n, int dn) { return (D2){x * x * n, 500 * dx}; }
void *__enzyme_register_derivative_q[] = {(void *)q, (void *)q_fwd};
// The tape is a number: each direction gets it.
typedef struct { int tape; double r; } T;
double t(double x) { return x * x; }
T t_aug(double x) { return (T){(int)x + 10, x * x}; }
double t_rev(double x, double d, int tape) { return 100 * d + tape; }
void *__enzyme_register_gradient_t[] = {(void *)t, (void *)t_aug, (void *)t_rev};
double ft(double x) { return 2 * t(x); }
double f(double x, double y) { return 2 * k(x, y); }
double g(double x) { return 2 * q(x, 3); }
void h(double *x, double *y) { y[0] = k(x[0], 1) * x[1]; }
// A struct that is returned through memory.
typedef struct { double v[3]; } V;
typedef struct { V y, t; } VV;
V s(double x, double y) { return (V){{x, y, x * y}}; }
V s_aug(double x, double y) { return s(x, y); }
D2 s_rev(double x, double y, V d) { return (D2){d.v[0] + 10 * d.v[2] * y, d.v[1] + 10 * d.v[2] * x}; }
VV s_fwd(double x, double dx, double y, double dy) { return (VV){s(x, y), {{dx, dy, 10 * (dx * y + x * dy)}}}; }
void *__enzyme_register_gradient_s[] = {(void *)s, (void *)s_aug, (void *)s_rev};
void *__enzyme_register_derivative_s[] = {(void *)s, (void *)s_fwd};
double fs(double x, double y) { V a = s(x, y), b = s(a.v[2], y); return a.v[0] * 2 + b.v[2]; }
double gs(double x, double y, double *out) { V a = s(x, y); out[0] = a.v[0], out[1] = a.v[1], out[2] = a.v[2]; return 0; }
extern int enzyme_width, enzyme_dup, enzyme_primal_return;
D4 __enzyme_autodiff_4(void *, ...);
D3 __enzyme_autodiff_3(void *, ...);
void __enzyme_autodiff_v(void *, ...);
D2 __enzyme_fwddiff_2(void *, ...);
D3 __enzyme_fwddiff_3(void *, ...);
int main(void) {
  { D4 r = __enzyme_autodiff_4((void *)f, enzyme_width, 2, 3.0, 5.0); printf("reverse %g %g %g %g\n", r.a, r.b, r.c, r.d); }
  { double x[2] = {3, 2}, u[2] = {0, 0}, v[2] = {0, 0}, y, dy = 1, ey = 10;
    __enzyme_autodiff_v((void *)h, enzyme_width, 2, x, u, v, &y, &dy, &ey); printf("seeds %g %g %g %g %g\n", y, u[0], u[1], v[0], v[1]); }
  { D3 r = __enzyme_autodiff_3((void *)ft, enzyme_width, 3, 3.0); printf("tape %g %g %g\n", r.a, r.b, r.c); }
  { D2 r = __enzyme_fwddiff_2((void *)g, enzyme_width, 2, 3.0, 1.0, 10.0); printf("forward %g %g\n", r.a, r.b); }
  { D3 r = __enzyme_fwddiff_3((void *)g, enzyme_primal_return, enzyme_width, 2, 3.0, 1.0, 10.0); printf("with primal %g %g %g\n", r.a, r.b, r.c); }
  { D4 r = __enzyme_autodiff_4((void *)fs, enzyme_width, 2, 3.0, 5.0); printf("struct %g %g %g %g\n", r.a, r.b, r.c, r.d); }
  { D2 r = __enzyme_fwddiff_2((void *)fs, enzyme_width, 2, 3.0, 1.0, 0.0, 5.0, 0.0, 1.0); printf("forward %g %g\n", r.a, r.b); }
  { double y[3], u[3] = {1, 0, 0}, v[3] = {0, 1, 1};
    D4 r = __enzyme_autodiff_4((void *)gs, enzyme_width, 2, 3.0, 5.0, enzyme_dup, y, u, v);
    printf("seeds %g %g %g %g, %g %g\n", r.a, r.b, r.c, r.d, u[0], v[2]); }
}
