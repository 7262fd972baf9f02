// SANITIZED
// Functions that the host finds behind pointers compare floats for equality: under `x == 1` the host knows `x`, and its
// derivative is 1 all the same.
#include <cstdio>
template <class R, class... T> R __enzyme_autodiff(T...);
template <class R, class... T> R __enzyme_fwddiff(T...);

struct Shape {
  virtual double f(double x) const = 0;
  virtual ~Shape() {}
};
struct Cube : Shape {
  double k;
  explicit Cube(double k) : k(k) {}
  double f(double x) const override {
    if (x != 1.0) return 3 * k * x;
    return x * x * x * 7 * k;
  }
};
struct Line : Shape {
  double f(double x) const override { return x == 0 ? x * 5 : x * x; }
};
static Shape *make(bool cube) {
  if (cube) return new Cube(2.0);
  return new Line;
}
static double methods(double x) {
  Shape *s = make(true);
  double r = s->f(x);
  delete s;
  s = make(false);
  r += s->f(x);
  delete s;
  return r;
}
static double locals(double x) {
  Cube a(2.0);
  Line b;
  const Shape *s[2] = {&a, &b};
  double r = 0;
  for (int i = 0; i < 2; i++) r += s[i]->f(x);
  return r;
}

static double cube(double x) {
  if (x != 1.0) return 3 * x;
  return x * x * x * 7;
}
static double line(double x) { return x == 0 ? x * 5 : x * x; }
struct Entry {
  double (*f)(double);
};
static const Entry table[2] = {{cube}, {line}};
static double tabled(double x) {
  double r = 0;
  for (int i = 0; i < 2; i++) r += table[i].f(x);
  return r;
}
static double call(double (*f)(double), double x) { return f(x); }
static double passed(double x) { return call(cube, x) + call(line, x); }
template <class F> static double visit(F f, double x) { return f(x); }
static double lambda(double x) {
  return visit([](double y) { return y == 1.0 ? y * y * y * 7 : 3 * y; }, x);
}

#define CHECK(f)                                                                         \
  std::printf(#f " %g %g %g %g\n", __enzyme_autodiff<double>((void *)f, 1.0),            \
              __enzyme_autodiff<double>((void *)f, 0.0), __enzyme_fwddiff<double>((void *)f, 1.0, 1.0), \
              __enzyme_fwddiff<double>((void *)f, 0.0, 1.0))
int main() {
  CHECK(methods);
  CHECK(locals);
  CHECK(tabled);
  CHECK(passed);
  CHECK(lambda);
}
