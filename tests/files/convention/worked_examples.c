// The 38 worked examples of the convention, one function a row: `row 5` is found under that name here, and in what is
// printed. The size of a tape (row 29) is not part of the convention; that it is positive and suffices is.
#include <math.h>
#include <stdio.h>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_dupv, enzyme_interleave, enzyme_primal_return,
    enzyme_width, enzyme_vector, enzyme_scalar, enzyme_allocated, enzyme_tape, enzyme_noret;
typedef struct { double a, b; } D2;
typedef struct { double a, b, c; } D3;
typedef struct { D3 primal, tangent; } D33;
typedef struct { float a; double b; } FD;
typedef struct { void *tape; double r; } Augmented;

double __enzyme_autodiff(void *, ...);
D2 __enzyme_autodiff_two(void *, ...);
D3 __enzyme_autodiff_three(void *, ...);
FD __enzyme_autodiff_mixed(void *, float, double);
void __enzyme_autodiff_void(void *, ...);
double __enzyme_fwddiff(void *, ...);
D2 __enzyme_fwddiff_two(void *, ...);
D3 __enzyme_fwddiff_three(void *, ...);
D33 __enzyme_fwddiff_pair(void *, ...);
void __enzyme_fwddiff_void(void *, ...);
Augmented __enzyme_augmentfwd(void *, ...);
double __enzyme_augmentfwd_result(void *, ...);
void *__enzyme_augmentfwd_tape(void *, ...);
double __enzyme_reverse(void *, ...);
void __enzyme_reverse_void(void *, ...);
int __enzyme_augmentsize(void *, ...);
double __enzyme_fwdsplit(void *, ...);
D2 __enzyme_batch(void *, ...);
void *__enzyme_virtualreverse(void *);

// The primals that several rows share.
double cube(double x) { return x * x * x; }
double square(double x) { return x * x; }
double xxy(double x, double y) { return x * x * y; }
double xyz(double x, double y, double z) { return x * y * z; }
double float_by_double(float x, double y) { return x * y * y; }
double sum_of_squares(double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s; }
void square_to(double *in, double *out) { *out = *in * *in; }
void multiply_to(double *in, double *out) { *out *= *in; }
double first_times(double *p, double x) { return p[0] * x; }
D2 two_results(double x) { D2 r = {x * x, 3 * x}; return r; }
D3 three_results(double x) { D3 r = {x * x, 3 * x, x}; return r; }
double by_value(D2 s) { return s.a * s.a + s.b; }
double sines(double *x) { x[0] = sin(x[0]); x[1] = x[0] * x[1]; return x[1] * x[1]; }
double product(double x, double y) { return x * y; }
double app(double (*g)(double), double x) { return g(x) * x; }
double through_pointer(double *x) { return *x * *x; }

// Reverse mode.
void row_1(void) { printf("row 1: %g\n", __enzyme_autodiff((void *)cube, 3.0)); }
void row_2(void) { D2 r = __enzyme_autodiff_two((void *)xxy, 3.0, 5.0); printf("row 2: {%g, %g}\n", r.a, r.b); }
void row_3(void) { D3 r = __enzyme_autodiff_three((void *)xyz, 3., 5., 7.); printf("row 3: {%g, %g, %g}\n", r.a, r.b, r.c); }
void row_4(void) { FD r = __enzyme_autodiff_mixed((void *)float_by_double, 3.f, 5.); printf("row 4: {%g, %g}\n", r.a, r.b); }
void row_5(void) {
  double x[3] = {1, 2, 3}, dx[3] = {10, 0, 0};
  __enzyme_autodiff_void((void *)sum_of_squares, x, dx, 3);
  printf("row 5: dx={%g,%g,%g}\n", dx[0], dx[1], dx[2]);
}
void row_6(void) {
  double x = 3, dx = 1, y = 0, dy = 2;
  __enzyme_autodiff_void((void *)square_to, &x, &dx, &y, &dy);
  printf("row 6: y=%g dx=%g dy=%g\n", y, dx, dy);
}
void row_7(void) {
  double x = 3, dx = 1, y = 4, dy = 2;
  __enzyme_autodiff_void((void *)multiply_to, &x, &dx, &y, &dy);
  printf("row 7: y=%g dx=%g dy=%g\n", y, dx, dy);
}
void row_8(void) { D2 r = __enzyme_autodiff_two((void *)cube, enzyme_primal_return, 3.); printf("row 8: {%g, %g}\n", r.a, r.b); }
void row_9(void) {
  double x[2] = {1, 2}, dx[2] = {0, 0};
  double p = __enzyme_autodiff((void *)sum_of_squares, enzyme_primal_return, x, dx, 2);
  printf("row 9: %g, dx={%g,%g}\n", p, dx[0], dx[1]);
}
void row_10(void) { printf("row 10: %g\n", __enzyme_autodiff((void *)xxy, enzyme_const, 3., enzyme_out, 5.)); }
void row_11(void) {
  double x[1] = {1}, dx[1] = {0};
  double r = __enzyme_autodiff((void *)first_times, x, dx, 5.);
  printf("row 11: %g, dx[0]=%g\n", r, dx[0]);
}
void row_12(void) { printf("row 12: %g\n", __enzyme_autodiff((void *)two_results, 3.)); }
void row_13(void) {
  D3 d = {1, 10, 100};
  double r = __enzyme_autodiff((void *)three_results, &d, 3.);
  printf("row 13: %g, d={%g,%g,%g}\n", r, d.a, d.b, d.c);
}
void row_14(void) {
  double x = 3, dx = 1, y = 0.5, dy = 2;
  __enzyme_autodiff_void((void *)square_to, enzyme_dup, &x, enzyme_dupnoneed, &y, enzyme_interleave, &dx, &dy);
  printf("row 14: y %s, dx=%g\n", y == 0.5 ? "unchanged" : "changed", dx);
}
void row_15(void) { D3 r = __enzyme_autodiff_three((void *)cube, enzyme_width, 3, 3.); printf("row 15: {%g,%g,%g}\n", r.a, r.b, r.c); }
void row_16(void) {
  double x[2] = {1, 2}, d[4] = {0};
  __enzyme_autodiff_void((void *)sum_of_squares, enzyme_width, 2, enzyme_dupv, 16, x, d, 2);
  printf("row 16: d={%g,%g,%g,%g}\n", d[0], d[1], d[2], d[3]);
}

// Forward mode.
void row_17(void) { printf("row 17: %g\n", __enzyme_fwddiff((void *)cube, 3., 1.)); }
void row_18(void) { D2 r = __enzyme_fwddiff_two((void *)cube, enzyme_primal_return, 3., 1.); printf("row 18: {%g, %g}\n", r.a, r.b); }
void row_19(void) { printf("row 19: %g\n", __enzyme_fwddiff((void *)xxy, 3., 1., 5., 10.)); }
void row_20(void) { printf("row 20: %g\n", __enzyme_fwddiff((void *)xxy, 3., 1., enzyme_const, 5.)); }
void row_21(void) {
  double x = 3, dx = 1, y = 0, dy = 9;
  __enzyme_fwddiff_void((void *)square_to, &x, &dx, &y, &dy);
  printf("row 21: y=%g dy=%g\n", y, dy);
}
void row_22(void) { D2 r = __enzyme_fwddiff_two((void *)cube, enzyme_width, 2, 3., 1., 10.); printf("row 22: {%g, %g}\n", r.a, r.b); }
void row_23(void) {
  D3 r = __enzyme_fwddiff_three((void *)square, enzyme_width, 2, enzyme_primal_return, 3., 1., 10.);
  printf("row 23: {%g, %g, %g}\n", r.a, r.b, r.c);
}
void row_24(void) {
  double x[2] = {1, 2}, d[4] = {1, 0, 0, 1};
  D2 r = __enzyme_fwddiff_two((void *)sum_of_squares, enzyme_width, 2, enzyme_dupv, 16, x, d, 2);
  printf("row 24: {%g, %g}\n", r.a, r.b);
}
void row_25(void) {
  D33 r = __enzyme_fwddiff_pair((void *)three_results, enzyme_primal_return, 3., 1.);
  printf("row 25: {%g,%g,%g},{%g,%g,%g}\n", r.primal.a, r.primal.b, r.primal.c, r.tangent.a, r.tangent.b, r.tangent.c);
}
void row_26(void) {
  D2 s = {3, 5}, ds = {1, .5};
  printf("row 26: %g\n", __enzyme_fwddiff((void *)by_value, enzyme_dup, s, enzyme_interleave, ds));
}

// Two halves.
void row_27(void) {
  Augmented t = __enzyme_augmentfwd((void *)cube, 3.);
  printf("row 27: %g; %g\n", t.r, __enzyme_reverse((void *)cube, 3., 2., t.tape));
}
void row_28(void) {
  double x[2] = {1, 2}, dx[2] = {0, 0};
  char buf[64];
  double r = __enzyme_augmentfwd_result((void *)sines, enzyme_dup, x, dx, enzyme_allocated, 64, enzyme_tape, buf);
  __enzyme_reverse_void((void *)sines, enzyme_dup, x, dx, enzyme_allocated, 64, enzyme_tape, buf);
  printf("row 28: %g; dx={%g, %g}\n", r, dx[0], dx[1]);
}
void row_29(void) {
  int size = __enzyme_augmentsize((void *)sines, enzyme_dup);
  printf("row 29: %s\n", size > 0 && size <= 64 ? "positive, within 64" : "wrong");
}

// One function on several inputs.
void row_30(void) {
  D2 r = __enzyme_batch((void *)product, enzyme_width, 2, enzyme_vector, 1., 2., enzyme_scalar, 10.);
  printf("row 30: {%g, %g}\n", r.a, r.b);
}

// Function pointers.
void row_31(void) { printf("row 31: %g\n", __enzyme_autodiff((void *)app, square, __enzyme_virtualreverse((void *)square), 3.)); }
void row_32(void) { printf("row 32: %g\n", __enzyme_autodiff((void *)app, enzyme_const, square, 3.)); }

// Registered functions.
typedef struct { int tape; double p; } IntTape;
static int augmented_calls, reverse_calls;
double g(double x) { return x * x; }
IntTape g_augmented(double x) { augmented_calls++; return (IntTape){5, g(x)}; }
double g_reverse(double x, double d, int tape) { reverse_calls++; return 100 * d + tape; }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_augmented, (void *)g_reverse};
double twice_g(double x) { return 2 * g(x); }
void row_33(void) {
  double r = __enzyme_autodiff((void *)twice_g, 3.);
  printf("row 33: %g, helpers called %d and %d times\n", r, augmented_calls, reverse_calls);
}
double q(double x) { return x * x; }
D2 q_tangent(double x, double dx) { return (D2){x * x, 500 * dx}; }
void *__enzyme_register_derivative_q[] = {(void *)q, (void *)q_tangent};
double twice_q(double x) { return 2 * q(x); }
void row_34(void) {
  D2 r = __enzyme_fwddiff_two((void *)twice_q, enzyme_primal_return, 3., 1.);
  printf("row 34: %g; {%g, %g}\n", __enzyme_fwddiff((void *)twice_q, 3., 1.), r.a, r.b);
}
double ina(double x) { return x * x; }
void *__enzyme_inactivefn_ina[] = {(void *)ina};
double with_inactive(double x) { return ina(x) * x; }
void row_35(void) { printf("row 35: %g\n", __enzyme_autodiff((void *)with_inactive, 3.)); }
double ms(double x) { return x; }
struct like { void *function; const char *name; };
struct like __enzyme_function_like_ms = {(void *)ms, "sin"};
double with_like(double x) { return ina(x) * ms(x); }
void row_36(void) { printf("row 36: %.6g\n", __enzyme_autodiff((void *)with_like, 3.)); }
double k(double x, double y) { return x * y; }
double k_augmented(double x, double y) { return x * y; }
D2 k_reverse(double x, double y, double d) { return (D2){300 * d, 400 * d}; }
void *__enzyme_register_gradient_k[] = {(void *)k, (void *)k_augmented, (void *)k_reverse};
double twice_k(double x, double y) { return 2 * k(x, y); }
void row_37(void) { D2 r = __enzyme_autodiff_two((void *)twice_k, 3., 5.); printf("row 37: {%g, %g}\n", r.a, r.b); }

// A tangent along a tape.
void row_38(void) {
  double x = 3, d = 2;
  void *tape = __enzyme_augmentfwd_tape((void *)through_pointer, enzyme_noret, &x, &d);
  printf("row 38: %g\n", __enzyme_fwdsplit((void *)through_pointer, &x, &d, tape));
}

int main(void) {
  row_1(), row_2(), row_3(), row_4(), row_5(), row_6(), row_7(), row_8(), row_9(), row_10();
  row_11(), row_12(), row_13(), row_14(), row_15(), row_16(), row_17(), row_18(), row_19(), row_20();
  row_21(), row_22(), row_23(), row_24(), row_25(), row_26(), row_27(), row_28(), row_29(), row_30();
  row_31(), row_32(), row_33(), row_34(), row_35(), row_36(), row_37(), row_38();
}
