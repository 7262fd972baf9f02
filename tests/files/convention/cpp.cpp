// Requests as C++ programs write them: mangled names, templates, namespaces, `try`. `cpp.out` is what it prints.
#include <cstdio>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_primal_return, enzyme_interleave;
template <class R, class... T> R __enzyme_autodiff(void *, T...);
template <class R, class... T> R __enzyme_fwddiff(void *, T...);
template <class R, class... T> R __enzyme_augmentfwd(void *, T...);
template <class R, class... T> R __enzyme_reverse(void *, T...);
namespace outer { double __enzyme_autodiff_inside(void *, ...); }
struct D2 { double a, b; };
struct Point { double x, y; double dot(const Point &o) const { return x * o.x + y * o.y; } };
struct Tape { void *tape; double r; };
static double cube(double x) { return x * x * x; }
static float squared(float x) { return x * x; }
static double product(const Point &a, const Point &b) { return a.dot(b) * a.x; }
static double byvalue(Point p) { return p.dot(p); }
static double scaled(Point &p, double s) { p.x *= s; p.y *= p.x; return p.x * p.y; }
struct Functor { double k; double operator()(double x) const { return k * x * x; } };
static double apply(const Functor *f, double x) { return (*f)(x); }
struct Logger { Logger() { std::puts("begin"); } ~Logger() { std::puts("end"); } };
template <class T> static T power(T x, int n) { T r = 1; for (int i = 0; i < n; i++) r *= x; return r; }
static double guarded(double x) {
  Logger log;
  try { return __enzyme_autodiff<double>((void *)cube, x); } catch (...) { return -1; }
}
int main(int argc, char **) {
  std::printf("template %g %g\n", __enzyme_autodiff<double>((void *)cube, 3.0), __enzyme_autodiff<float>((void *)squared, 3.f));
  std::printf("namespace %g\n", outer::__enzyme_autodiff_inside((void *)cube, 3.0));
  Point a{1, 2}, b{3, 4}, da{}, db{};
  __enzyme_autodiff<void>((void *)product, &a, &da, enzyme_dup, &b, &db);
  std::printf("references %g %g %g %g\n", da.x, da.y, db.x, db.y);
  D2 g = __enzyme_autodiff<D2>((void *)byvalue, a);
  std::printf("by value %g %g, %g\n", g.a, g.b, __enzyme_fwddiff<double>((void *)byvalue, enzyme_dup, a, enzyme_interleave, Point{1, 10}));
  Functor f{2}, df{0};
  double dx = __enzyme_autodiff<double>((void *)apply, &f, &df, 3.0);
  std::printf("functor %g %g\n", dx, df.k);
  auto square = +[](double x) { return x * x; };
  std::printf("lambda %g\n", __enzyme_autodiff<double>((void *)square, 3.0));
  std::printf("instance %g %g\n", __enzyme_autodiff<double>((void *)power<double>, 3.0, 4), __enzyme_fwddiff<float>((void *)power<float>, 3.f, 1.f, 2));
  std::printf("try %g\n", guarded(3));
  Point p{3, 4}, dp{0, 0};
  Tape t = __enzyme_augmentfwd<Tape>((void *)scaled, &p, &dp, 2.0);
  p = Point{100, 100};
  double ds = __enzyme_reverse<double>((void *)scaled, &p, &dp, 2.0, 1.0, t.tape);
  std::printf("halves %g %g %g %g\n", t.r, dp.x, dp.y, ds);
  try {
    Tape u = __enzyme_augmentfwd<Tape>((void *)cube, 3.0);
    if (argc > 5) throw 1;
    std::printf("halves in try %g\n", __enzyme_reverse<double>((void *)cube, 3.0, 2.0, u.tape));
  } catch (int) { std::puts("no"); }
}
