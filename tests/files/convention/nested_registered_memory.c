// Second derivatives of rules on memory that call what they are for: alone, through functions between, and in loops.
#include <math.h>
#include <stdio.h>
typedef struct { double a, b; } D2;
struct three { double v[3]; };
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);

__attribute__((noinline)) static void m(double *p, int k) { for (int i = 0; i < 3; i++) p[i] *= p[i] * 0.5 * (k + 1); }
static struct three m_aug(double *p, double *dp, int k, int dk) { struct three t = {{p[0], p[1], p[2]}}; m(p, k); return t; }
static void m_rev(double *p, double *dp, int k, int dk, struct three t) { for (int i = 0; i < 3; i++) dp[i] *= t.v[i] * (k + 1); }
static void m_fwd(double *p, double *dp, int k, int dk) { for (int i = 0; i < 3; i++) dp[i] *= p[i] * (k + 1); m(p, k); }
void *__enzyme_register_gradient_m[] = {(void *)m, (void *)m_aug, (void *)m_rev};
void *__enzyme_register_derivative_m[] = {(void *)m, (void *)m_fwd};
__attribute__((noinline)) static void between(double *p, int k) { m(p, k), p[0] += 0.25 * p[1]; }
static double once(double s) { double v[3] = {s, s, s * 0.5}; m(v, 0); v[0] = sin(v[0]); m(v, 1); return v[0] * v[1] + 0.25 * sin(v[2]); }
static double deep(double s) { double v[3] = {s, s * s, s * 0.5}; between(v, 1), between(v, 0); return v[0] * v[1] + v[2] * v[0]; }
static double loop(double s) {
  double v[4][3], r = 0;
  for (int i = 0; i < 4; i++) v[i][0] = s, v[i][1] = s * 0.5, v[i][2] = s - i;
  for (int n = 0; n < 2; n++) for (int i = 0; i < 4; i++) m(v[i], n), v[i][0] *= s;
  for (int i = 0; i < 4; i++) r += v[i][0] * v[3 - i][1] + v[i][2];
  return r;
}
#define NEST(f) \
  static double f##_r(double x) { return __enzyme_autodiff((void *)f, x); } \
  static double f##_f(double x) { return __enzyme_fwddiff((void *)f, x, 1.0); } \
  static double f##_rr(double x) { return __enzyme_autodiff((void *)f##_r, x); } \
  static double f##_fr(double x) { return __enzyme_fwddiff((void *)f##_r, x, 1.0); } \
  static double f##_rf(double x) { return __enzyme_autodiff((void *)f##_f, x); } \
  static double f##_ff(double x) { return __enzyme_fwddiff((void *)f##_f, x, 1.0); }
NEST(once)
NEST(deep)
NEST(loop)
static double x = 1.2, h = 1e-5;
static void check(const char *name, double value, double wanted) {
  printf(fabs(value - wanted) < 1e-6 * (1 + fabs(wanted)) ? " %s" : " %s is %.8g, not %.8g", name, value, wanted);
}
#define CHECK(f)                                                                                      \
  {                                                                                                   \
    double first = (f(x + h) - f(x - h)) / (2 * h), second = (f##_r(x + h) - f##_r(x - h)) / (2 * h); \
    printf(#f), check("r", f##_r(x), first), check("f", f##_f(x), first);                             \
    check("rr", f##_rr(x), second), check("fr", f##_fr(x), second);                                   \
    check("rf", f##_rf(x), second), check("ff", f##_ff(x), second), printf("\n");                                   \
  }
int main() {
  CHECK(once)
  CHECK(deep)
  CHECK(loop)
  double third = (once_ff(x + h) - once_ff(x - h)) / (2 * h);
  check("frr", __enzyme_fwddiff((void *)once_rr, x, 1.0), third);
  check("rfr", __enzyme_autodiff((void *)once_fr, x), third);
  check("rrf", __enzyme_autodiff((void *)once_rf, x), third);
  check("rff", __enzyme_autodiff((void *)once_ff, x), third);
}
