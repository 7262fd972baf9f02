// Registered gradients and derivatives, in every shape a C compiler gives them. `registered.out` is
// what it prints. The registered derivatives are wrong on purpose, so that the bodies cannot help.
#include <stdio.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
typedef struct { double a, b; } D2;
typedef struct { double a, b, c; } D3;
D2 __enzyme_autodiff2(void *, ...);
D3 __enzyme_autodiff3(void *, ...);
D2 __enzyme_fwddiff2(void *, ...);
D3 __enzyme_fwddiff3(void *, ...);
void __enzyme_autodiff_void(void *, ...);
void __enzyme_fwddiff_void(void *, ...);
int enzyme_const, enzyme_dup, enzyme_primal_return;

// A tape of a different type than the result (row 33).
typedef struct { int tape; double p; } IntTape;
int augmented, reversed;
double g(double x) { return x * x; }
IntTape g_aug(double x) { augmented++; return (IntTape){5, x * x}; }
double g_rev(double x, double d, int tape) { reversed++; return 100 * d + tape; }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_aug, (void *)g_rev};
double f33(double x) { return 2 * g(x); }

// A derivative (row 34).
double q(double x) { return x * x; }
D2 q_fwd(double x, double dx) { return (D2){x * x, 500 * dx}; }
void *__enzyme_register_derivative_q[] = {(void *)q, (void *)q_fwd};
double f34(double x) { return 2 * q(x); }

// Two active arguments, no tape (row 37).
double k(double x, double y) { return x * y; }
double k_aug(double x, double y) { return x * y; }
D2 k_rev(double x, double y, double d) { return (D2){300 * d, 400 * d}; }
void *__enzyme_register_gradient_k[] = {(void *)k, (void *)k_aug, (void *)k_rev};
double f37(double x, double y) { return 2 * k(x, y); }
double f37x(double x, double y) { return 2 * k(3.0, y) + x; }

// Three derivatives come back through memory.
double t(double x, double y, double z) { return x + y + z; }
double t_aug(double x, double y, double z) { return x + y + z; }
D3 t_rev(double x, double y, double z, double d) { return (D3){10 * d, 20 * d, 30 * d}; }
void *__enzyme_register_gradient_t[] = {(void *)t, (void *)t_aug, (void *)t_rev};
double ft(double x, double y, double z) { return 2 * t(x, y, z); }

// A tape of the result's type, a big tape, and a tape that is a pointer.
typedef struct { double tape, p; } SameTape;
double s(double x) { return x * x; }
SameTape s_aug(double x) { return (SameTape){7 * x, x * x}; }
double s_rev(double x, double d, double tape) { return d * tape; }
void *__enzyme_register_gradient_s[] = {(void *)s, (void *)s_aug, (void *)s_rev};
double fs(double x) { double r = 0; for (int i = 1; i <= 3; i++) r += s(x * i); return r; }

typedef struct { D3 tape; double p; } BigTape;
double b(double x) { return x; }
BigTape b_aug(double x) { return (BigTape){{x, 2 * x, 3 * x}, x}; }
double b_rev(double x, double d, D3 tape) { return d * (tape.a + tape.b + tape.c); }
void *__enzyme_register_gradient_b[] = {(void *)b, (void *)b_aug, (void *)b_rev};
double fb(double x) { double r = 0; for (int i = 1; i <= 3; i++) r += b(x * i); return r; }

// Pointers and integers come with their shadows; nothing is returned.
void sq(double *x, int n) { for (int i = 0; i < n; i++) x[i] *= x[i]; }
void *sq_aug(double *x, double *dx, int n, int dn) { sq(x, n); return x; }
void sq_rev(double *x, double *dx, int n, int dn, void *tape) {
  for (int i = 0; i < n; i++) dx[i] *= tape == x && n == dn ? 1000 : 0;
}
void *__enzyme_register_gradient_sq[] = {(void *)sq, (void *)sq_aug, (void *)sq_rev};
void sq_fwd(double *x, double *dx, int n, int dn) {
  for (int i = 0; i < n; i++) { dx[i] *= 2000; x[i] *= x[i]; }
}
void *__enzyme_register_derivative_sq[] = {(void *)sq, (void *)sq_fwd};
double fsq(double *x, int n) { sq(x, n); return x[0] + x[n - 1]; }

// A pointer result with tape and shadow.
typedef struct { void *tape; double *p, *shadow; } PointerTape;
double *pick(double *x, int i) { return x + i; }
PointerTape pick_aug(double *x, double *dx, int i, int di) { return (PointerTape){0, x + i, dx + i}; }
void pick_rev(double *x, double *dx, int i, int di, void *tape) { dx[i] *= 3; }
void *__enzyme_register_gradient_pick[] = {(void *)pick, (void *)pick_aug, (void *)pick_rev};
double fpick(double *x) { double *p = pick(x, 1); return *p * *p; }

// A struct of floats as result: in registers and in memory.
D2 r2(double x) { return (D2){x, x}; }
D2 r2_aug(double x) { return (D2){x, x}; }
double r2_rev(double x, D2 d) { return 10 * d.a + 100 * d.b; }
void *__enzyme_register_gradient_r2[] = {(void *)r2, (void *)r2_aug, (void *)r2_rev};
double fr2(double x) { D2 r = r2(x); return r.a + 2 * r.b; }
D3 r3(double x) { return (D3){x, x, x}; }
D3 r3_aug(double x) { return (D3){x, x, x}; }
double r3_rev(double x, D3 d) { return 10 * d.a + 100 * d.b + 1000 * d.c; }
void *__enzyme_register_gradient_r3[] = {(void *)r3, (void *)r3_aug, (void *)r3_rev};
typedef struct { D3 value, tangent; } Pair3;
Pair3 r3_fwd(double x, double dx) { return (Pair3){{x, x, x}, {dx, 10 * dx, 100 * dx}}; }
void *__enzyme_register_derivative_r3[] = {(void *)r3, (void *)r3_fwd};
double fr3(double x) { D3 r = r3(x); return r.a + 2 * r.b + 3 * r.c; }

// Floats: pairs travel in one vector register.
typedef struct { float a, b; } F2;
F2 __enzyme_autodiff_f2(void *, float, float);
float h(float x, float y) { return x * y; }
F2 h_aug(float x, float y) { return (F2){x, x * y}; }
F2 h_rev(float x, float y, float d, float tape) { return (F2){tape * d, 2 * tape * d}; }
void *__enzyme_register_gradient_h[] = {(void *)h, (void *)h_aug, (void *)h_rev};
float fh(float x, float y) { return 2 * h(x, y); }

// Two results of a derivative, and a memory result.
D2 u(double x, double y) { return (D2){x, y}; }
typedef struct { D2 value, tangent; } Pair2;
Pair2 u_fwd(double x, double dx, double y, double dy) { return (Pair2){{x, y}, {7 * dx, 9 * dy}}; }
void *__enzyme_register_derivative_u[] = {(void *)u, (void *)u_fwd};
double fu(double x, double y) { D2 r = u(x, y); return r.a + 10 * r.b; }

int main() {
  double r = __enzyme_autodiff((void *)f33, 3.0);
  printf("33 %g %d %d\n", r, augmented, reversed);
  D2 p = __enzyme_fwddiff2((void *)f34, &enzyme_primal_return, 3.0, 1.0);
  printf("34 %g {%g, %g}\n", __enzyme_fwddiff((void *)f34, 3.0, 1.0), p.a, p.b);
  p = __enzyme_autodiff2((void *)f37, 3.0, 5.0);
  printf("37 {%g, %g}\n", p.a, p.b);
  p = __enzyme_autodiff2((void *)f37x, 3.0, 5.0);
  printf("constant first {%g, %g}\n", p.a, p.b);
  printf("constant first %g\n", __enzyme_autodiff((void *)f37, enzyme_const, 3.0, 5.0));
  printf("itself %g ", __enzyme_autodiff((void *)g, 3.0));
  printf("%g\n", __enzyme_fwddiff((void *)q, 3.0, 1.0));
  D3 e = __enzyme_autodiff3((void *)ft, 1.0, 2.0, 3.0);
  printf("memory {%g, %g, %g}\n", e.a, e.b, e.c);
  printf("same %g big %g\n", __enzyme_autodiff((void *)fs, 1.0), __enzyme_autodiff((void *)fb, 1.0));
  double x[2] = {3, 5}, d[2] = {0, 0};
  __enzyme_autodiff((void *)fsq, x, d, 2);
  printf("pointer {%g, %g} {%g, %g}\n", x[0], x[1], d[0], d[1]);
  x[0] = 3, x[1] = 5, d[0] = 1, d[1] = 10;
  printf("tangent %g\n", __enzyme_fwddiff((void *)fsq, x, d, 2));
  x[0] = 3, x[1] = 5, d[0] = d[1] = 0;
  __enzyme_autodiff((void *)fpick, x, d);
  printf("picked {%g, %g}\n", d[0], d[1]);
  printf("structs %g %g\n", __enzyme_autodiff((void *)fr2, 1.0), __enzyme_autodiff((void *)fr3, 1.0));
  printf("tangents %g %g\n", __enzyme_fwddiff((void *)fr3, 1.0, 1.0), __enzyme_fwddiff((void *)fu, 1.0, 1.0, 2.0, 1.0));
  printf("constant tangent %g\n", __enzyme_fwddiff((void *)fu, 1.0, 1.0, enzyme_const, 2.0));
  F2 v = __enzyme_autodiff_f2((void *)fh, 3, 5);
  printf("floats {%g, %g}\n", v.a, v.b);
}
