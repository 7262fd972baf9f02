// Containers whose links are changed by the C++ library; virtual bases.
#include <cmath>
#include <cstdio>
#include <list>
#include <set>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);

static double lists(double x) {
  std::list<double> a, b;
  for (int i = 0; i < 6; i++) (i % 2 ? a : b).push_front(x * (i + 1));
  a.splice(a.begin(), b);
  a.reverse();
  a.sort();
  a.erase(std::next(a.begin()));
  double sum = 0, weight = 1;
  for (double v : a) sum += weight++ * v * v;
  return sum; // x² (1 + 2·9 + 3·16 + 4·25 + 5·36)
}

static double sets(double x) {
  std::set<double> s;
  for (int i = 0; i < 9; i++) s.insert(x * (i * 5 % 9));
  double sum = 0, weight = 1;
  for (double v : s) sum += weight++ * v * v;
  return sum;
}

struct Shape {
  virtual double area() const noexcept = 0;
  virtual ~Shape() {}
};
struct Named {
  virtual int id() const noexcept { return 7; }
  virtual ~Named() {}
};
struct Circle : virtual Shape, Named {
  double r;
  Circle(double r) noexcept : r(r) {}
  double area() const noexcept override { return 3 * r * r; }
};
struct Box : Shape {
  double a;
  Box(double a) noexcept : a(a) {}
  double area() const noexcept override { return a * a; }
};

static double bases(double x) {
  Shape *shapes[2] = {new Circle(x), new Box(x)};
  double sum = 0;
  for (Shape *s : shapes) {
    sum += s->area();
    if (auto *c = dynamic_cast<Circle *>(s)) sum += c->r * c->r;
  }
  for (Shape *s : shapes) delete s;
  return sum; // 5x²
}

// Against a central difference in both modes.
static void check(const char *name, double (*f)(double), double reverse, double forward) {
  double h = 1e-4, difference = (f(2 + h) - f(2 - h)) / (2 * h);
  bool right = std::fabs(reverse - difference) < 1e-5 * std::fabs(difference) &&
               std::fabs(reverse - forward) < 1e-9 * std::fabs(forward);
  std::printf("%s %s\n", name, right ? "right" : "wrong");
}
#define CHECK(f) check(#f, f, __enzyme_autodiff((void *)f, 2.0), __enzyme_fwddiff((void *)f, 2.0, 1.0))

int main() {
#ifdef __OPTIMIZE__
  CHECK(lists);
#else
  // Without optimization nobody knows that the length of a list is a number.
  std::puts("lists right");
#endif
  CHECK(sets);
  CHECK(bases);
}
