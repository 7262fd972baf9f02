// Registered rules that hand out pointers: what they keep in the memory of their arguments, what they allocate, what they
// return. Directly and from a function between, which nothing but the rule speaks for.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
typedef struct { double *p, *dp; } Two;
typedef struct { double *tape, *p, *dp; } M;
__attribute__((noinline)) static void set(double **slot, double *p) { *slot = p; }
static void set_aug(double **slot, double **ds, double *p, double *dp) { *slot = p; *ds = dp; }
static void set_rev(double **slot, double **ds, double *p, double *dp) {}
void *__enzyme_register_gradient_set[] = {(void *)set, (void *)set_aug, (void *)set_rev};
void *__enzyme_register_derivative_set[] = {(void *)set, (void *)set_aug};
__attribute__((noinline)) static void wrap(double **slot, double *p) { set(slot, p); }

__attribute__((noinline)) static double *make(double x) { double *p = malloc(8); *p = x * x; return p; }
static M make_aug(double x) { double *d = malloc(8); *d = 0; return (M){d, make(x), d}; }
static double make_rev(double x, double *tape) { return 2 * x * *tape; }
static Two make_fwd(double x, double dx) { double *d = malloc(8); *d = 2 * x * dx; return (Two){make(x), d}; }
void *__enzyme_register_gradient_make[] = {(void *)make, (void *)make_aug, (void *)make_rev};
void *__enzyme_register_derivative_make[] = {(void *)make, (void *)make_fwd};
__attribute__((noinline)) static double *wrapmake(double x) { return make(x); }

__attribute__((noinline)) static double *give(double *p, int i) { return p + i; }
static Two give_aug(double *p, double *dp, int i, int di) { return (Two){p + i, dp + i}; }
static void give_rev(double *p, double *dp, int i, int di) {}
static Two give_fwd(double *p, double *dp, int i, int di) { return (Two){p + i, dp + i}; }
void *__enzyme_register_gradient_give[] = {(void *)give, (void *)give_aug, (void *)give_rev};
void *__enzyme_register_derivative_give[] = {(void *)give, (void *)give_fwd};
__attribute__((noinline)) static double *wrapgive(double *p) { return give(p, 1); }

static double kept(double x) { double v = x, *s; set(&s, &v); v *= x; return *s * 3; }
static double kept_by_callee(double x) { double v = x, *s; wrap(&s, &v); v *= x; return *s * 3; }
static double read_at_home(double x) { double v = x, *s; wrap(&s, &v); *s *= x; return v * 3; }
static double made(double x) { double *p = make(x); return *p * 3; }
static double made_by_callee(double x) { double *p = wrapmake(x); return *p * 3; }
static double passed(double x) { double v[2] = {x, x * x}; double *p = give(v, 1); return *p * 3; }
static double passed_by_callee(double x) { double v[2] = {x, x * x}; double *p = wrapgive(v); return *p * 3; }
static double written_at_home(double x) { double v[2] = {x, x * x}; double *p = wrapgive(v); *p *= x; return v[1] * 3; }
__attribute__((noinline)) static void into(double **slot, double x) { double *p = malloc(8); *p = x * x; *slot = p; }
static double *into_aug(double **slot, double **ds, double x) { double *d = malloc(8); *d = 0; into(slot, x); *ds = d; return d; }
static double into_rev(double **slot, double **ds, double x, double *d) { return 2 * x * *d; }
static void into_fwd(double **slot, double **ds, double x, double dx) { double *d = malloc(8); *d = 2 * x * dx; into(slot, x); *ds = d; }
void *__enzyme_register_gradient_into[] = {(void *)into, (void *)into_aug, (void *)into_rev};
void *__enzyme_register_derivative_into[] = {(void *)into, (void *)into_fwd};
__attribute__((noinline)) static void wrapinto(double **slot, double x) { into(slot, x); }
static double filled(double x) { double *s; into(&s, x); return *s * 3; }
static double filled_by_callee(double x) { double *s; wrapinto(&s, x); return *s * 3; }
static double filled_beside(double x) { struct { double *p; double v; } s; s.v = x; wrapinto(&s.p, x); return *s.p * s.v; }
static double filled_next_to(double x) { double *s[2], v = x; s[1] = &v; wrapinto(&s[0], x); *s[1] *= x; return *s[0] * v; }

static double x = 1.3, h = 1e-6;
static int near(double a, double b) { return fabs(a - b) < 1e-6 * (1 + fabs(b)); }
#define SHOW(f)                                                                              \
  {                                                                                          \
    double fd = (f(x + h) - f(x - h)) / (2 * h);                                             \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);     \
    printf("%s %d %d\n", #f, near(r, fd), near(t, fd));                                      \
  }
int main() {
  SHOW(kept);
  SHOW(kept_by_callee);
  SHOW(read_at_home);
  SHOW(made);
  SHOW(made_by_callee);
  SHOW(passed);
  SHOW(passed_by_callee);
  SHOW(written_at_home);
  SHOW(filled);
  SHOW(filled_by_callee);
  SHOW(filled_beside);
  SHOW(filled_next_to);
}
