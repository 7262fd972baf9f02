// Second derivatives of functions with registered rules: the rules themselves are differentiated, whatever they return
// and keep. Both orders, one rule or two.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
typedef struct { double v[3]; } D3;
typedef struct { D3 tape; double p; } Taped;
typedef struct { double *tape; double p; } Kept;
typedef struct { double a, b; } D2;
D2 __enzyme_autodiff(void *, ...), __enzyme_fwddiff2(void *, ...);
double __enzyme_fwddiff(void *, ...);

// A tape by value; a derivative, too.
__attribute__((noinline)) static double h(double s, double t) { return s * t + tanh(s); }
static Taped h_aug(double s, double t) { return (Taped){{{t + 1 - tanh(s) * tanh(s), s}}, s * t + tanh(s)}; }
static D2 h_rev(double s, double t, double d, D3 tape) { return (D2){d * tape.v[0], d * tape.v[1]}; }
void *__enzyme_register_gradient_h[] = {(void *)h, (void *)h_aug, (void *)h_rev};
static D2 h_fwd(double s, double ds, double t, double dt) {
  return (D2){s * t + tanh(s), (t + 1 - tanh(s) * tanh(s)) * ds + s * dt};
}
void *__enzyme_register_derivative_h[] = {(void *)h, (void *)h_fwd};

// No tape, and the rule calls what it is for.
__attribute__((noinline)) static double g(double s, double t) { return s * sin(t); }
static double g_aug(double s, double t) { return g(s, t); }
static D2 g_rev(double s, double t, double d) { return (D2){d * sin(t), d * s * cos(t)}; }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_aug, (void *)g_rev};

// A tape on the heap.
__attribute__((noinline)) static double k(double s, double t) { return s * s * t; }
static Kept k_aug(double s, double t) {
  double *tape = malloc(2 * sizeof(double));
  tape[0] = 2 * s * t, tape[1] = s * s;
  return (Kept){tape, s * s * t};
}
static D2 k_rev(double s, double t, double d, double *tape) {
  D2 r = {d * tape[0], d * tape[1]};
  free(tape);
  return r;
}
void *__enzyme_register_gradient_k[] = {(void *)k, (void *)k_aug, (void *)k_rev};

// All of them through pointers that nobody can follow, and the same directly.
static double through(double x, double y) {
  double (*table[3])(double, double) = {h, g, k};
  table[x > 5 ? 1 : 2] = k;
  return table[0](x, y) + table[1](y, x) * table[2](x, y);
}
static double direct(double x, double y) { return h(x, y) + g(y, x) * k(x, y); }

#define BOTH(f) \
  static double f##_times(double x, double y) { return f(x, y) * x; } \
  static D2 f##_gradient(double x, double y) { return __enzyme_autodiff((void *)f##_times, x, y); } \
  static double f##_tangent(double x, double y) { return __enzyme_fwddiff((void *)f##_times, x, 1.0, y, 0.5); }
BOTH(h)
BOTH(g)
BOTH(k)
BOTH(through)
BOTH(direct)

static void show(const char *name, D2 fr, D2 rf, double ff) {
  printf("%s %.6f %.6f, %.6f %.6f, %.6f\n", name, fr.a, fr.b, rf.a, rf.b, ff);
}
#define SHOW(f) \
  show(#f, __enzyme_fwddiff2((void *)f##_gradient, 0.7, 1.0, 0.3, 0.25), \
       __enzyme_autodiff((void *)f##_tangent, 0.7, 0.3), \
       __enzyme_fwddiff((void *)f##_tangent, 0.7, 1.0, 0.3, 0.25))
int main() {
  SHOW(h);
  SHOW(g);
  SHOW(k);
  SHOW(through);
  SHOW(direct);
}
