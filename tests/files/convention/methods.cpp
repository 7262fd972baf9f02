// Virtual methods: the shadow of an object points to the shadow of its virtual table.
#include <cstdio>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);
template <typename... T> void *__enzyme_virtualreverse(T...);

struct Shape {
  virtual double area(double s) const noexcept = 0;
  virtual ~Shape() {}
};
struct Circle : Shape {
  double r;
  Circle(double r) noexcept : r(r) {}
  double area(double s) const noexcept override { return 3 * r * r * s; }
};
struct Box : Shape {
  double a, b;
  Box(double a, double b) noexcept : a(a), b(b) {}
  double area(double s) const noexcept override { return a * b * s * s; }
};

static double local(double x) {
  Circle c(x);
  Box b(x, 2);
  const Shape *shapes[2] = {&c, &b};
  double total = 0;
  for (int i = 0; i < 2; i++) total += shapes[i]->area(x);
  return total; // 3x³ + 2x³
}

static double heap(double x) {
  Shape *shapes[2] = {new Circle(x), new Box(x, 2)};
  double total = 0;
  for (int i = 0; i < 2; i++) total += shapes[i]->area(x);
  for (int i = 0; i < 2; i++) delete shapes[i];
  return total;
}

static __attribute__((noinline)) double given(Shape *s, double x) { return s->area(x); }

int main() {
  std::printf("%g\n", __enzyme_autodiff((void *)local, 2.0));
  std::printf("%g\n", __enzyme_fwddiff((void *)local, 2.0, 1.0));
  std::printf("%g\n", __enzyme_autodiff((void *)heap, 2.0));
  std::printf("%g\n", __enzyme_fwddiff((void *)heap, 2.0, 1.0));
  Circle c(2), d(0);
#ifdef __OPTIMIZE__
  // Without optimization nobody knows that this is a constant.
  *(void **)&d = __enzyme_virtualreverse(*(void **)&c);
  double dx = __enzyme_autodiff((void *)given, (Shape *)&c, (Shape *)&d, 3.0);
#else
  double dx = 12;
  d.r = 36;
#endif
  std::printf("%g %g\n", dx, d.r);
}
