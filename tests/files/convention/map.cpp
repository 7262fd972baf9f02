// NOT AT: -O2 -O3
// Numbers in a search tree. Whole nodes share an offset with the count of the tree, so from -O2 on, where the
// library's code is inlined, nothing tells the two apart.
#include <cstdio>
#include <map>
template <typename... T> double __enzyme_autodiff(T...);
double f(double x) {
  std::map<int, double> m;
  for (int i = 0; i < 9; i++) m[i * 5 % 9] = x * i;
  double s = 0;
  for (auto &e : m) s += e.second * e.second * e.first;
  return s;
}
int main() { printf("%g\n", __enzyme_autodiff((void *)f, 3.0)); }
