// Functions with registered rules, with a tape and without, called through pointers that nobody can follow, and
// directly beside that. The rules say twice the derivative, so that it shows which calls use them.
#include <math.h>
#include <stdio.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
extern int enzyme_dup, enzyme_const, enzyme_out;

struct two { double s, t; };
struct three { double v[3]; };
struct taped { struct three tape; double r; };
typedef double (*function)(double, double);

__attribute__((noinline)) static double taped(double s, double t) { return s * t + tanh(s); }
static struct taped taped_augmented(double s, double t) {
  struct taped r = {{{t + 1 - tanh(s) * tanh(s), s}}, s * t + tanh(s)};
  return r;
}
static struct two taped_reverse(double s, double t, double d, struct three tape) {
  struct two r = {2 * d * tape.v[0], 2 * d * tape.v[1]};
  return r;
}
void *__enzyme_register_gradient_taped[] = {(void *)taped, (void *)taped_augmented, (void *)taped_reverse};
static struct two taped_forward(double s, double ds, double t, double dt) {
  struct two r = {s * t + tanh(s), 2 * ((t + 1 - tanh(s) * tanh(s)) * ds + s * dt)};
  return r;
}
void *__enzyme_register_derivative_taped[] = {(void *)taped, (void *)taped_forward};

__attribute__((noinline)) static double plain(double s, double t) { return s * s * t; }
static double plain_augmented(double s, double t) { return s * s * t; }
static struct two plain_reverse(double s, double t, double d) {
  struct two r = {2 * d * 2 * s * t, 2 * d * s * s};
  return r;
}
void *__enzyme_register_gradient_plain[] = {(void *)plain, (void *)plain_augmented, (void *)plain_reverse};
static struct two plain_forward(double s, double ds, double t, double dt) {
  struct two r = {s * s * t, 2 * (2 * s * t * ds + s * s * dt)};
  return r;
}
void *__enzyme_register_derivative_plain[] = {(void *)plain, (void *)plain_forward};

__attribute__((noinline)) static double other(double s, double t) { return s + 3 * t * t; }

__attribute__((noinline)) double once(double x, int n) {
  function table[3] = {taped, plain, other};
  table[n % 3u] = taped;
  return table[0](x, 0.5 * x) + table[1](x, 2 * x) * x + table[2](x, x);
}
__attribute__((noinline)) double often(double x, int n) {
  function table[3] = {taped, plain, other};
  table[(n + 2) % 3u] = plain;
  double v[6];
  for (int i = 0; i < 6; i++) v[i] = table[i % 3](x + i, i ? v[i - 1] : x);
  return v[5] - 0.25 * v[2] + taped(x, x) * plain(x, 1);
}

static double d(function h, int rule, double s, double t, double ds, double dt) {
  if (h == taped) return rule * ((t + 1 - tanh(s) * tanh(s)) * ds + s * dt);
  if (h == plain) return rule * (2 * s * t * ds + s * s * dt);
  return ds + 6 * t * dt;
}
static double d_once(double x, int n) {
  function table[3] = {taped, plain, other};
  table[n % 3u] = taped;
  return d(table[0], 2, x, 0.5 * x, 1, 0.5) + d(table[1], 2, x, 2 * x, 1, 2) * x + table[1](x, 2 * x) +
         d(table[2], 2, x, x, 1, 1);
}
static double d_often(double x, int n) {
  function table[3] = {taped, plain, other};
  table[(n + 2) % 3u] = plain;
  double v[6], dv[6];
  for (int i = 0; i < 6; i++) {
    double t = i ? v[i - 1] : x, dt = i ? dv[i - 1] : 1;
    v[i] = table[i % 3](x + i, t);
    dv[i] = d(table[i % 3], 2, x + i, t, 1, dt);
  }
  return dv[5] - 0.25 * dv[2] + d(taped, 2, x, x, 1, 1) * plain(x, 1) + taped(x, x) * d(plain, 2, x, 1, 1, 0);
}

static const char *same(double a, double b) {
  return fabs(a - b) <= 1e-9 * (1 + fabs(b)) ? "right" : "wrong";
}
int main() {
  for (int n = 0; n < 3; n++) {
    double x = 0.3 + 0.1 * n;
    printf("once %d: reverse %s, forward %s\n", n, same(__enzyme_autodiff((void *)once, x, n), d_once(x, n)),
           same(__enzyme_fwddiff((void *)once, x, 1.0, n), d_once(x, n)));
    printf("often %d: reverse %s, forward %s\n", n, same(__enzyme_autodiff((void *)often, x, n), d_often(x, n)),
           same(__enzyme_fwddiff((void *)often, x, 1.0, n), d_often(x, n)));
  }
}
