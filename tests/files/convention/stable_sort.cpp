// A stable sort that merges through a buffer: its iterators are moved by steps between pieces that copy each other.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <vector>
extern int enzyme_dup, enzyme_const;
double __enzyme_autodiff(void *, ...);

static double f(const double *x, int n) {
  std::vector<double> v(x, x + n);
  std::stable_sort(v.begin(), v.end());
  double s = 0;
  for (int i = 0; i < n; i++) s += v[i] * v[i] * (i + 1);
  return s;
}

int main() {
  const int n = 97;
  double x[n], dx[n] = {0};
  for (int i = 0; i < n; i++) x[i] = std::sin(i * 37.0);
  __enzyme_autodiff((void *)f, enzyme_dup, x, dx, enzyme_const, n);
  int wrong = 0;
  for (int i = 0; i < n; i++) {
    int before = 0;
    for (int j = 0; j < n; j++) before += x[j] < x[i];
    wrong += std::fabs(dx[i] - 2 * x[i] * (before + 1)) > 1e-12;
  }
  std::printf("%d wrong\n", wrong);
}
