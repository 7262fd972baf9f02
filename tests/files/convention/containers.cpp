// Numbers in the containers whose nodes the C++ library links: lists and hash tables.
#include <cmath>
#include <cstdio>
#include <list>
#include <unordered_map>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);

static double chain(double x) {
  std::list<double> a, b;
  for (int i = 0; i < 9; i++) {
    a.push_back(x * (i * 5 % 9));
    b.push_front(x * x + i);
  }
  a.reverse();
  a.splice(std::next(a.begin(), 3), b, std::next(b.begin()), b.end());
  a.swap(b);
  b.remove_if([](double v) { return v < 2; });
  b.insert(b.begin(), x * x * x);
  double s = 0;
  int k = 1;
  for (double v : b) s += v * v * k++;
  return s + a.front() + b.size();
}

static double hashed(double x) {
  std::unordered_map<int, double> m;
  for (int i = 0; i < 40; i++) m[i * 7 % 25] += x * i;
  double s = 0;
  for (int i = 0; i < 25; i++) s += m[i] * m[i] * (i + 1);
  return s * m.size();
}

#define CHECK(f)                                                                         \
  {                                                                                      \
    double h = 1e-5, fd = (f(x + h) - f(x - h)) / (2 * h);                                \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);  \
    printf(#f " %d %d %.8g\n", std::fabs(r - fd) < 1e-6 * std::fabs(fd), r == t || std::fabs(r - t) < 1e-9 * std::fabs(r), r); \
  }
int main() {
  double x = 1.3;
  CHECK(chain)
  CHECK(hashed)
}
