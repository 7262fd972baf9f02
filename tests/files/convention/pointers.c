// Section 10: function pointers and their shadows.
#include <stdio.h>
extern int enzyme_const, enzyme_dup, enzyme_out;
typedef struct { void *tape; double value; } augmented;
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
void *__enzyme_virtualreverse(void *);

static double square(double x) { return x * x; }
static double cube(double x) { return x * x * x; }
static __attribute__((noinline)) double app(double (*g)(double), double x) { return g(x) * x; }

// A struct with a method.
struct op { double (*apply)(const struct op *, double); double by; };
static double scale(const struct op *o, double x) { return o->by * x * x; }
static __attribute__((noinline)) double run(struct op *o, double x) { return o->apply(o, x); }

// A constant table of functions, some missing.
static double (*const table[3])(double) = {square, 0, cube};
static __attribute__((noinline)) double pick(double (*const *t)(double), int i, double x) { return t[i](x); }

// Tables made by hand: the functions say what the derivative is.
static augmented hand_augmented(double x) { augmented r = {0, x * x}; return r; }
typedef struct { double x; } one;
static one hand_reverse(double x, double seed, void *tape) { one r = {1000 * seed}; return r; }
static void *hand[2] = {(void *)hand_augmented, (void *)hand_reverse};
typedef struct { double value, tangent; } pair;
static pair hand_tangent(double x, double dx) { pair r = {x * x, 500 * dx}; return r; }
static void *forward[1] = {(void *)hand_tangent};

int main(void) {
  printf("%g\n", __enzyme_autodiff((void *)app, square, __enzyme_virtualreverse((void *)square), 3.0));
  printf("%g\n", __enzyme_autodiff((void *)app, cube, __enzyme_virtualreverse((void *)cube), 3.0));
  printf("%g\n", __enzyme_autodiff((void *)app, enzyme_const, square, 3.0));
  struct op o = {scale, 2}, d = {__enzyme_virtualreverse((void *)scale), 0};
  double dx = __enzyme_autodiff((void *)run, &o, &d, 3.0);
  printf("%g %g\n", dx, d.by);
  void *shadow = __enzyme_virtualreverse((void *)table);
  printf("%d\n", ((void **)shadow)[1] == 0);
  printf("%g\n", __enzyme_autodiff((void *)pick, table, shadow, 2, 2.0));
  printf("%g\n", __enzyme_autodiff((void *)app, square, hand, 3.0));
  printf("%g\n", __enzyme_fwddiff((void *)app, square, forward, 3.0, 1.0));
  void **entries = __enzyme_virtualreverse((void *)square);
  augmented a = ((augmented(*)(double))entries[0])(3.0);
  one r = ((one(*)(double, double, void *))entries[1])(3.0, 10.0, a.tape);
  printf("%g %g\n", a.value, r.x);
}
