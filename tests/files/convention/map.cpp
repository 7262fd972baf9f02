// Numbers in a search tree: operator[], find, erase, at, and walks in both directions.
#include <cmath>
#include <cstdio>
#include <map>
template <typename... T> double __enzyme_autodiff(T...);

static double f(double x) {
  std::map<long, double> m;
  for (long i = 0; i < 40; i++) m[i * 17 % 40] += x * i;
  for (long i = 0; i < 40; i += 3) m.erase(m.find(i));
  double sum = m.at(7);
  for (auto &[key, value] : m) sum += key * value * value;
  double last = 0;
  for (auto it = m.rbegin(); it != m.rend(); ++it) last = last * 0.5 + it->second;
  return (sum + last * last) * m.size();
}

int main() {
  double h = 1e-4, want = (f(2 + h) - f(2 - h)) / (2 * h);
  double slope = __enzyme_autodiff((void *)f, 2.0);
  if (std::fabs(slope - want) < 1e-6 * want) printf("right\n");
  else printf("%.10g, not %.10g\n", slope, want);
}
