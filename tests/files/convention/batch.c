// A function on several inputs, without a derivative. `batch.out` is what it prints.
#include <math.h>
#include <stdio.h>
extern int enzyme_width, enzyme_vector, enzyme_scalar, enzyme_buffer;
typedef struct { double a, b; } D2; typedef struct { double a, b, c; } D3; typedef struct { D2 x, y; } D22; typedef struct { D3 x, y; } D33;
typedef struct { float a, b; } F2; typedef struct { int a, b; } I2;
double mul(double x, double y) { return x * y; }
double poly(const double *c, int n, double x) { double s = 0; for (int i = n - 1; i >= 0; i--) s = s * x + c[i] + 0 * exp(c[i]); return s; }
void scale(double *x, double k) { for (int i = 0; i < 2; i++) x[i] *= k; }
double collatz(int n) { double steps = 0; while (n != 1) { n = n % 2 ? 3 * n + 1 : n / 2; steps++; } return steps; }
D2 pair(double x) { D2 r = {x, x * x}; return r; }
D3 three(double x, double k) { D3 r = {x, x * x, k}; return r; }
float single(float x) { return x * 2; }
int whole(int x) { return x + 1; }
double local(double x, int n) { double v[4] = {x, 2 * x, 3 * x, 4 * x}; return v[n & 3]; }
static int calls; double counted(double x) { calls++; return x * calls; }
double sum(D3 s) { s.a *= 2; return s.a + s.b + s.c; }
double square(double x) { return x * x; }
double __enzyme_batch(void *, ...); D2 __enzyme_batch_2(void *, ...); D3 __enzyme_batch_3(void *, ...); void __enzyme_batch_v(void *, ...);
D22 __enzyme_batch_22(void *, ...); D33 __enzyme_batch_33(void *, ...); F2 __enzyme_batch_f2(void *, int, int, float, float); I2 __enzyme_batch_i2(void *, ...);
double __enzyme_autodiff(void *, ...); double __enzyme_fwddiff(void *, ...);
D2 __enzyme_autodiff_2(void *, ...);
double both(double x) { D2 r = __enzyme_batch_2((void *)square, enzyme_width, 2, x, 2 * x); return r.a * r.b; }
double slope(double x) { return __enzyme_autodiff((void *)square, x); }
double deep(double x) { D2 r = __enzyme_batch_2((void *)slope, enzyme_width, 2, x, 2 * x); return r.a * r.b; }
int main(void) {
  { D2 r = __enzyme_batch_2((void *)mul, enzyme_width, 2, enzyme_vector, 1.0, 2.0, enzyme_scalar, 10.0); printf("30 %g %g\n", r.a, r.b); }
  { D2 r = __enzyme_batch_2((void *)mul, enzyme_width, 2, 1.0, 2.0, 10.0, 20.0); printf("all vector %g %g\n", r.a, r.b); }
  { D2 r = __enzyme_batch_2((void *)mul, enzyme_scalar, 3.0, enzyme_scalar, 5.0, enzyme_width, 2); printf("all scalar %g %g\n", r.a, r.b); }
  printf("width 1 %g\n", __enzyme_batch((void *)mul, 3.0, 5.0));
  { double c[3] = {1, 2, 3}; D3 r = __enzyme_batch_3((void *)poly, enzyme_width, 3, enzyme_scalar, c, enzyme_scalar, 3, 1.0, 2.0, 3.0); printf("shared %g %g %g\n", r.a, r.b, r.c); }
  { double c[4] = {1, 2, 3, 4}; D2 r = __enzyme_batch_2((void *)poly, enzyme_width, 2, enzyme_buffer, 16, enzyme_vector, c, enzyme_scalar, 2, enzyme_scalar, 10.0); printf("buffer %g %g\n", r.a, r.b); }
  { double c[4] = {1, 2, 3, 4}; long stride = sizeof *c; D2 r = __enzyme_batch_2((void *)poly, enzyme_width, 2, enzyme_buffer, stride, c, 2, 3, 10.0, 1.0); printf("lengths %g %g\n", r.a, r.b); }
  { double x[2] = {1, 2}, y[2] = {3, 4}; __enzyme_batch_v((void *)scale, enzyme_width, 2, x, y, 2.0, 10.0); printf("store %g %g %g %g\n", x[0], x[1], y[0], y[1]); }
  { D2 r = __enzyme_batch_2((void *)collatz, enzyme_width, 2, 6, 27); printf("loops %g %g\n", r.a, r.b); }
  { D22 r = __enzyme_batch_22((void *)pair, enzyme_width, 2, 3.0, 5.0); printf("struct %g %g %g %g\n", r.x.a, r.x.b, r.y.a, r.y.b); }
  { D3 r, s; __enzyme_batch_v((void *)three, enzyme_width, 2, &r, &s, 3.0, 5.0, enzyme_scalar, 7.0); printf("memory %g %g %g %g %g %g\n", r.a, r.b, r.c, s.a, s.b, s.c); }
  { F2 r = __enzyme_batch_f2((void *)single, enzyme_width, 2, 1.5f, 2.5f); printf("float %g %g\n", r.a, r.b); }
  { I2 r = __enzyme_batch_i2((void *)whole, enzyme_width, 2, 1, 2); printf("int %d %d\n", r.a, r.b); }
  { D2 r = __enzyme_batch_2((void *)local, enzyme_width, 2, 1.0, 10.0, 1, 2); printf("local %g %g\n", r.a, r.b); }
  { D2 r = __enzyme_batch_2((void *)counted, enzyme_width, 2, 1.0, 1.0); printf("in order %g %g\n", r.a, r.b); }
  { D3 s = {1, 2, 3}, t = {4, 5, 6}; D2 r = __enzyme_batch_2((void *)sum, enzyme_width, 2, &s, &t); printf("by value %g %g %g\n", r.a, r.b, s.a); }
  printf("derivative %g %g\n", __enzyme_autodiff((void *)both, 3.0), __enzyme_fwddiff((void *)both, 3.0, 1.0));
  printf("of slopes %g %g\n", deep(3.0), __enzyme_fwddiff((void *)deep, 3.0, 1.0));
}
