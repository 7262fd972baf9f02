// The checklist of the convention, one function an item: `item 7` is found under that name here, and in what is printed.
// What must be refused is in ../reject/checklist.c, the worked examples (item 12) are in worked_examples.c.
#include <cstdio>
#include <cstring>
extern "C" {
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_interleave, enzyme_primal_return, enzyme_width,
    enzyme_allocated, enzyme_tape, enzyme_nofree, enzyme_noret, enzyme_const_return;
struct D2 { double a, b; };
struct D3 { double a, b, c; };
struct D4 { double a, b, c, d; };
struct FD { float a; double b; };
struct Tape { void *tape; double r; };
struct Pointers { void *tape; double *r, *shadow; };
double __enzyme_autodiff(void *, ...);
float __enzyme_autodiff_float(void *, float);
D2 __enzyme_autodiff_two(void *, ...);
D3 __enzyme_autodiff_three(void *, ...);
D4 __enzyme_autodiff_four(void *, ...);
FD __enzyme_autodiff_mixed(void *, float, double);
double __enzyme_autodiff_long(long, ...);
void __enzyme_autodiff_void(void *, ...);
double __enzyme_fwddiff(void *, ...);
D2 __enzyme_fwddiff_two(void *, ...);
D3 __enzyme_fwddiff_three(void *, ...);
Tape __enzyme_augmentfwd(void *, ...);
Pointers __enzyme_augmentfwd_pointers(void *, ...);
double __enzyme_augmentfwd_result(void *, ...);
double __enzyme_reverse(void *, ...);
void __enzyme_reverse_void(void *, ...);
int __enzyme_augmentsize(void *, ...);
void *__enzyme_virtualreverse(const void *);
// The first stem of the table wins; a definition is replaced all the same.
double square__enzyme_autodiff_(void *, ...);
double a__enzyme_fwddiff_b__enzyme_autodiff_c(void *, ...);
__attribute__((noinline)) double __enzyme_fwddiff_defined(void *, double, double) { return -1; }
double checklist_metadata(double x, double y), checklist_tree(double *x, double *dx), checklist_shadow(double x, double *d);
}
template <class R, class... T> R __enzyme_autodiff_of(void *, T...);
namespace inside { double __enzyme_fwddiff(void *, double, double); }

static double cube(double x) { return x * x * x; }
static double xxy(double x, double y) { return x * x * y; }
static double throws(double x) { if (x < 0) throw 1; return x * x; }
static double sum(const double *x, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * x[i]; return s; }

static void item_1() {
  printf("item 1: %g %g %g", __enzyme_autodiff((void *)cube, 3.), square__enzyme_autodiff_((void *)cube, 3.), a__enzyme_fwddiff_b__enzyme_autodiff_c((void *)cube, 3.));
  printf(" %g %g %g", __enzyme_autodiff_of<double>((void *)cube, 3.), inside::__enzyme_fwddiff((void *)cube, 3., 2.), __enzyme_fwddiff_defined((void *)cube, 3., 2.));
  try { printf(" %g\n", __enzyme_autodiff_of<double>((void *)throws, 3.)); } catch (int) { puts(" thrown"); }
}

typedef double (*Function)(double);
static Function same(Function f) { return f; }
static Function constant() { return cube; }
static const Function table[2] = {nullptr, cube};
static const struct { int id; Function f; } record = {1, cube};
extern "C" { double checklist_cube(double x) { return x * x * x; } extern double checklist_alias(double) __attribute__((alias("checklist_cube"))); }
static double half(double x) { return x / 2; }
static void item_2(int argc) {
  Function local = cube;
  printf("item 2: %g %g", __enzyme_autodiff_long((long)cube, 3.), __enzyme_autodiff((void *)(argc > 9 ? half : cube), 3.));
  printf(" %g %g %g", __enzyme_autodiff((void *)local, 3.), __enzyme_autodiff((void *)table[1], 3.), __enzyme_autodiff((void *)record.f, 3.));
  printf(" %g %g %g\n", __enzyme_autodiff((void *)same(cube), 3.), __enzyme_autodiff((void *)constant(), 3.), __enzyme_autodiff((void *)checklist_alias, 3.));
}

static void item_3() {
  int copied = enzyme_const;
  printf("item 3: %g %g %g %g\n", __enzyme_autodiff((void *)xxy, enzyme_const, 3., 5.), __enzyme_autodiff((void *)xxy, &enzyme_const, 3., &enzyme_out, 5.),
         __enzyme_autodiff((void *)xxy, copied, 3., 5.), checklist_metadata(3, 5));
}

static double kinds(double x, const double *p, int n, bool twice, float y) { return x * p[0] * n * y * (twice ? 2 : 1); }
static double three(double *a, double *b, double *c) { return *a * *b * *c; }
struct DF { double a; float b; };
extern "C" DF __enzyme_autodiff_defaults(void *, double, const double *, double *, int, bool, float);
static void item_4() {
  double p = 3, dp = 0;
  DF r = __enzyme_autodiff_defaults((void *)kinds, 2., &p, &dp, 5, true, 7.f); // float active, pointer duplicated, integer constant
  printf("item 4: %g %g %g", r.a, r.b, dp);
  double a = 2, b = 3, c = 5, da = 0, db = 0;
  __enzyme_autodiff_void((void *)three, &a, &b, enzyme_const, &c, enzyme_interleave, &da, &db); // the second as the first
  printf(" %g %g", da, db);
  da = db = 0;
  __enzyme_autodiff_void((void *)three, enzyme_const, &a, &b, enzyme_dup, &c, enzyme_interleave, &da); // the second as the first
  printf(" %g\n", da);
}

static double fd(float x, double y) { return x * y * y; }
static D3 powers(double x) { return {x * x, 3 * x, x}; }
static double four(double a, double b, double c, double d) { return a * b * c * d; }
static void nothing(double *x) { *x *= 2; }
static void item_5() {
  FD m = __enzyme_autodiff_mixed((void *)fd, 3.f, 5.);
  D3 p = __enzyme_autodiff_three((void *)xxy, enzyme_primal_return, 3., 5.);
  D4 q = __enzyme_autodiff_four((void *)four, 1., 2., 3., 4.);
  D3 seed = {1, 10, 100};
  double x = 3, dx = 1;
  printf("item 5: {%g,%g} {%g,%g,%g} {%g,%g,%g,%g}", m.a, m.b, p.a, p.b, p.c, q.a, q.b, q.c, q.d);
  printf(" first %g, sret %g", __enzyme_autodiff((void *)xxy, 3., 5.), __enzyme_autodiff((void *)powers, &seed, 3.));
  __enzyme_autodiff((void *)nothing, &x, &dx); // declared double, nothing comes back
  printf(" void %g, float %g\n", dx, __enzyme_autodiff_float((void *)+[](float v) { return v * v; }, 3.f));
}

static void item_6() {
  D2 p = __enzyme_fwddiff_two((void *)cube, enzyme_primal_return, 3., 1.), w = __enzyme_fwddiff_two((void *)cube, enzyme_width, 2, 3., 1., 10.);
  D3 both = __enzyme_fwddiff_three((void *)cube, enzyme_width, 2, enzyme_primal_return, 3., 1., 10.), s = __enzyme_fwddiff_three((void *)powers, 3., 1.);
  printf("item 6: %g {%g,%g} {%g,%g} {%g,%g,%g} {%g,%g,%g} %g\n", __enzyme_fwddiff((void *)cube, 3., 1.), p.a, p.b, w.a, w.b, both.a, both.b, both.c, s.a, s.b, s.c,
         __enzyme_fwddiff((void *)cube, enzyme_const_return, enzyme_primal_return, 3., 1.));
}

static double overwrite(double *x) { x[0] *= x[1]; x[1] = x[0] * x[0]; return x[1] * x[0]; }
static double *advance(double *x) { *x *= *x; return x; }
static void item_7() {
  double x[2] = {2, 3}, d[2] = {0, 0}, e[2] = {0, 0}, y[2] = {2, 3};
  Tape t = __enzyme_augmentfwd((void *)overwrite, x, d);
  x[0] = x[1] = 99;
  __enzyme_reverse_void((void *)overwrite, x, d, 1., t.tape, enzyme_nofree); // once, and again
  double once = d[0];
  d[0] = d[1] = 0;
  __enzyme_reverse_void((void *)overwrite, x, d, 2., t.tape);
  printf("item 7: %g %g %g", t.r, once, d[0]);
  char buffer[128];
  double r = __enzyme_augmentfwd_result((void *)overwrite, y, e, enzyme_allocated, 128, enzyme_tape, buffer);
  __enzyme_reverse_void((void *)overwrite, y, e, enzyme_allocated, 128, enzyme_tape, buffer);
  int size = __enzyme_augmentsize((void *)overwrite, enzyme_dup);
  printf(" %g %g %d", r, e[0], 0 < size && size <= 128);
  double v = 3, dv = 0;
  Pointers p = __enzyme_augmentfwd_pointers((void *)advance, &v, &dv);
  *p.shadow = 1;
  v = 77;
  __enzyme_reverse_void((void *)advance, &v, &dv, p.tape);
  printf(" %d %d %g\n", p.r == &v, p.shadow == &dv, dv);
}

static double square(double x) { return x * x; }
static __attribute__((noinline)) double apply(Function g, double x) { return g(x) * x; }
struct Methods { double (*area)(double), (*missing)(double); };
static const Methods methods = {square, nullptr};
static __attribute__((noinline)) double through(const Methods *m, double x) { return m->area(x); }
static void item_8() {
  void **entries = (void **)__enzyme_virtualreverse((void *)square);
  Tape t = ((Tape(*)(double))entries[0])(3.);
  struct One { double x; } back = ((One(*)(double, double, void *))entries[1])(3., 10., t.tape);
  const Methods *shadow = (const Methods *)__enzyme_virtualreverse(&methods);
  printf("item 8: %g {%g, %g} %g %d\n", __enzyme_autodiff((void *)apply, square, __enzyme_virtualreverse((void *)square), 3.), t.r, back.x,
         __enzyme_autodiff((void *)through, &methods, shadow, 3.), shadow->missing == nullptr);
}

static double r1(double x) { return x * x; }
static double r1_augmented(double x) { return x * x; }
static double r1_gradient(double x, double d) { return 100 * d; }
static void *__enzyme_register_gradient_r1[] __attribute__((used)) = {(void *)r1, (void *)r1_augmented, (void *)r1_gradient};
static double r2(double x) { return x * x; }
static D2 r2_tangent(double x, double dx) { return {x * x, 500 * dx}; }
static void *__enzyme_register_derivative_r2[] __attribute__((used)) = {(void *)r2, (void *)r2_tangent};
static double inactive(double x) { return x * x; }
static void *__enzyme_inactivefn_1 __attribute__((used)) = (void *)inactive; // a bare pointer
static double like(double x) { return x; }
static struct { void *f; const char *name; } __enzyme_function_like_1 __attribute__((used)) = {(void *)like, "log"};
static double uses_r1(double x) { return 2 * r1(x); }
static double uses_r2(double x) { return 2 * r2(x); }
static double uses_inactive(double x) { return inactive(x) * x; }
static double uses_like(double x) { return like(x) * 3; }
static void item_9() {
  printf("item 9: %g %g %g %g\n", __enzyme_autodiff((void *)uses_r1, 3.), __enzyme_fwddiff((void *)uses_r2, 3., 1.), __enzyme_autodiff((void *)uses_inactive, 3.),
         __enzyme_autodiff((void *)uses_like, 2.));
}

__attribute__((annotate("enzyme_inactive"))) static double noted(double x) { return x * x; }
static double uses_noted(double x) { return noted(x) * x; }
static void item_10() {
  double x[2] = {3, 5}, d[2] = {0, 0}, s = 0;
  double r = checklist_tree(x, d);
  printf("item 10: %g %g %g %g", __enzyme_autodiff((void *)uses_noted, 3.), r, d[0], d[1]);
  r = checklist_shadow(3, &s);
  printf(" %g %g\n", r, s);
}

int main(int argc, char **) {
  item_1(), item_2(argc), item_3(), item_4(), item_5(), item_6(), item_7(), item_8(), item_9(), item_10();
  double x[2] = {1, 2}, dx[2] = {0, 0};
  __enzyme_autodiff_void((void *)sum, x, dx, 2);
  printf("item 11: ../reject/checklist.c\nitem 12: worked_examples.c, as row 9: dx={%g,%g}\n", dx[0], dx[1]);
}
