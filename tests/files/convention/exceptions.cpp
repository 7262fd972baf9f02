// C++ with exceptions: calls that may throw, destructors on the way, an exception that leaves.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <stdexcept>
#include <vector>

template <class R, class... A> R __enzyme_autodiff(void *, A...);
template <class R, class... A> R __enzyme_fwddiff(void *, A...);

static double sum(const std::vector<double> &v) {
  double s = 0;
  for (double x : v) s += x * x;
  return s;
}

static double grows(double x) {
  std::vector<double> v;
  for (int i = 0; i < 9; i++) v.push_back(x * i);
  return sum(v);
}

static double sorts(double x) {
  std::vector<double> v{3 * x, x, 2 * x};
  std::sort(v.begin(), v.end());
  return v[0] + v[1] * v[1] + v[2] * 10;
}

struct guard {
  std::unique_ptr<double[]> data{new double[4]};
  double *end() { return data.get() + 4; }
};

static double __attribute__((noinline)) checked(double x) {
  if (x < 0) throw std::domain_error("negative");
  return std::sqrt(x);
}

static double guarded(double x) {
  guard g;
  for (int i = 0; i < 4; i++) g.data[i] = checked(x + i);
  double s = 0;
  for (double *p = g.data.get(); p != g.end(); p++) s += *p * x;
  return s;
}

static void show(const char *name, double (*f)(double), double reverse, double forward) {
  double h = 1e-6, x = 0.7, between = (f(x + h) - f(x - h)) / (2 * h);
  bool right = std::fabs(reverse - between) < 1e-6 * std::fabs(between) + 1e-8 &&
               std::fabs(forward - reverse) < 1e-12 * std::fabs(reverse) + 1e-12;
  std::printf("%s %s\n", name, right ? "right" : "WRONG");
}

// A request has no exceptional path of its own; whoever calls the function that makes it may catch.
static double __attribute__((noinline)) request(double x) { return __enzyme_autodiff<double>((void *)guarded, x); }

int main() {
  show("grows", grows, __enzyme_autodiff<double>((void *)grows, 0.7), __enzyme_fwddiff<double>((void *)grows, 0.7, 1.0));
  show("sorts", sorts, __enzyme_autodiff<double>((void *)sorts, 0.7), __enzyme_fwddiff<double>((void *)sorts, 0.7, 1.0));
  show("guarded", guarded, __enzyme_autodiff<double>((void *)guarded, 0.7),
       __enzyme_fwddiff<double>((void *)guarded, 0.7, 1.0));
  try {
    request(-5.0);
    std::puts("nothing thrown");
  } catch (const std::domain_error &error) {
    std::printf("thrown: %s\n", error.what());
  }
}
