// SANITIZED
// Second derivatives of calls through pointers, in one part and in two that run several times: tapes and their shadows are
// released.
#include <math.h>
#include <stdio.h>
extern int enzyme_dup, enzyme_nofree;
struct half { void *tape; double result; };
struct half __enzyme_augmentfwd(void *, ...);
double __enzyme_reverse(void *, ...), __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
static double bend(double *v, double t) { double s = t; for (int i = 0; i < 2; i++) v[i] = v[i] * s + 0.5, s = 1 + sin(s * v[i]); return s; }
static double twist(double *v, double t) { v[0] = cos(v[0] * t), v[1] = exp(v[1]) * v[0]; return v[0] * v[1]; }
struct node { double (*f)(double *, double); double v[2]; };
__attribute__((noinline)) double apply(const double *x, int n) {
  struct node nodes[4];
  double s = 0.5;
  for (int i = 0; i < n; i++) nodes[i] = (struct node){i % 2 ? bend : twist, {x[i], 1}};
  for (int i = 0; i < n + 2; i++) s = nodes[i % n].f(nodes[i % n].v, s);
  return s;
}
__attribute__((noinline)) static void in_one(double *x, double *d, int n) { __enzyme_autodiff((void *)apply, x, d, n); }
__attribute__((noinline)) static void in_two(double *x, double *d, int n) {
  double unused[4] = {0};
  struct half h = __enzyme_augmentfwd((void *)apply, x, d, n);
  __enzyme_reverse((void *)apply, enzyme_nofree, x, unused, n, 3.0, h.tape);
  __enzyme_reverse((void *)apply, x, d, n, 1.0, h.tape);
}
double one(double *x, int n) { double d[4] = {0}; in_one(x, d, n); return d[0] + 2 * d[1] + d[2] * d[2] + d[3]; }
double two(double *x, int n) { double d[4] = {0}; in_two(x, d, n); return d[0] + 2 * d[1] + d[2] * d[2] + d[3]; }

#define BOTH(f)                                                                                                 \
  do {                                                                                                          \
    double x[4] = {0.9, 0.6, 1.1, 0.8}, v[4] = {1, 0.5, -1, 0.25}, g[4] = {0}, p[4], m[4], sum = 0, h = 1e-5;  \
    for (int i = 0; i < 4; i++) p[i] = x[i] + h * v[i], m[i] = x[i] - h * v[i];                                 \
    double difference = (f(p, 4) - f(m, 4)) / (2 * h), tangent = __enzyme_fwddiff((void *)f, x, v, 4);          \
    __enzyme_autodiff((void *)f, x, g, 4);                                                                      \
    for (int i = 0; i < 4; i++) sum += g[i] * v[i];                                                             \
    printf("%s %.5g: %d %d\n", #f, tangent, fabs(tangent - difference) < 1e-5 * fabs(tangent), fabs(tangent - sum) < 1e-9 * fabs(tangent)); \
  } while (0)
int main() {
  BOTH(one);
  BOTH(two);
}
