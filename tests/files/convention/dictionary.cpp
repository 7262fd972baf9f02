// Numbers by name: a tree whose nodes hold strings, short ones in place and long ones on the heap.
// NOT AT: -O1 -O2 -O3
#include <cmath>
#include <cstdio>
#include <map>
#include <string>
extern int enzyme_dup, enzyme_const;
double __enzyme_autodiff(void *, ...);

static double f(const double *x, int n) {
  static const char *const names[] = {"mass", "drag", "a rather long name that is on the heap", "lift"};
  std::map<std::string, double> m;
  for (int i = 0; i < n; i++) m[names[i % 4]] += x[i] * x[i];
  double s = 0, k = 1;
  for (auto &p : m) s += p.second * p.second * k++;
  auto it = m.find("drag");
  return it == m.end() ? s : s * it->second;
}

int main() {
  const int n = 9;
  double x[n], dx[n] = {0};
  for (int i = 0; i < n; i++) x[i] = std::sin(i * 37.0);
  __enzyme_autodiff((void *)f, enzyme_dup, x, dx, enzyme_const, n);
  int wrong = 0;
  for (int i = 0; i < n; i++) {
    const double h = 1e-5, old = x[i];
    x[i] = old + h;
    double up = f(x, n);
    x[i] = old - h;
    double down = f(x, n);
    x[i] = old;
    wrong += std::fabs(dx[i] - (up - down) / (2 * h)) > 1e-6 * (1 + std::fabs(dx[i]));
  }
  std::printf("%d wrong\n", wrong);
}
