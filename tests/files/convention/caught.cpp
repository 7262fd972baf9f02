// SANITIZED
// Exceptions that are caught: the function goes on, and its derivative along the path that was taken.
#include <cmath>
#include <cstdio>
#include <stdexcept>
#include <vector>
template <class R, class... T> R __enzyme_autodiff(T...);
template <class R, class... T> R __enzyme_fwddiff(T...);
template <class R, class... T> R __enzyme_augmentfwd(T...);
template <class R, class... T> R __enzyme_reverse(T...);
struct Tape { void *tape; double y; };

static __attribute__((noinline)) double checked(double x) {
  if (x < 0) throw std::domain_error("negative");
  return x * x;
}
static __attribute__((noinline)) double deeper(double x) {
  std::vector<double> v(3);
  for (int i = 0; i < 3; i++) v[i] = (i + 1) * x;
  double s = 0;
  for (double e : v) s += checked(e - 2) * e;
  return s;
}
static double once(double x) {
  try {
    return checked(x) * x;
  } catch (const std::exception &e) {
    return -1 * x;
  }
}
static double loop(double x) {
  double r = 0;
  for (int i = 0; i < 3; i++) {
    try {
      r += checked(x - i) * x;
    } catch (...) {
      r += 5 * x;
    }
  }
  return r;
}
// What was done before the throw stays done.
static __attribute__((noinline)) void fill(double *p, double x) {
  p[0] = x * x;
  if (x < 1) throw 7;
  p[1] = x * x * x;
}
static double memory(double x) {
  double p[2] = {x, 2 * x};
  try {
    fill(p, x);
  } catch (int code) {
    p[1] *= code;
  }
  return p[0] * p[1];
}
// Through two functions, and by kind.
static double kinds(double x) {
  double r = x;
  try {
    try {
      r *= deeper(x);
    } catch (const std::logic_error &) {
      r += sin(x);
      if (x < 0) throw std::runtime_error("again");
    }
  } catch (const std::runtime_error &) {
    r *= r;
  }
  return r;
}
static double at(double x) {
  std::vector<double> v(3, x);
  double s = 0;
  for (int i = 0; i < 5; i++) {
    try {
      s += v.at(i) * (i + 1);
    } catch (const std::out_of_range &) {
      s += x * x;
    }
  }
  return s;
}
// Two places in a loop throw to the same handler.
static double total(const std::vector<double> &v, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    s += v.at(i) * v.at(i);
    if (s > 100) throw std::runtime_error("large");
    s *= 0.5;
  }
  return s;
}
static double guarded(double x) {
  std::vector<double> v{x, 2 * x, x * x};
  try {
    return total(v, x < 1 ? 4 : 3);
  } catch (const std::exception &) {
    return x * 7;
  }
}

#define TRY(f, x) \
  { \
    double g = __enzyme_autodiff<double>((void *)f, (double)x), t = __enzyme_fwddiff<double>((void *)f, (double)x, 1.0); \
    Tape a = __enzyme_augmentfwd<Tape>((void *)f, (double)x); \
    double r = __enzyme_reverse<double>((void *)f, (double)x, 1.0, a.tape); \
    double c = (f(x + 1e-6) - f(x - 1e-6)) / 2e-6; \
    std::printf("%s(%g) %.6g %d\n", #f, (double)x, g, std::fabs(g - c) < 1e-6 * std::fabs(g) && t == g && r == g && a.y == f(x)); \
  }
int main() {
  TRY(once, 3)
  TRY(once, -3)
  TRY(loop, 3)
  TRY(loop, 1.5)
  TRY(memory, 2)
  TRY(memory, 0.5)
  TRY(kinds, 3)
  TRY(kinds, 1.5)
  TRY(kinds, -1)
  TRY(at, 2)
  TRY(guarded, 2)
  TRY(guarded, 0.5)
  TRY(guarded, 20)
}
