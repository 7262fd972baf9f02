// Containers of the standard library, as much without optimization as with it.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <deque>
#include <optional>
#include <string>
#include <vector>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);
using Numbers = std::vector<double>;

// A hidden Markov model: vectors of vectors, assigned from a list and swapped.
static double add_logs(const Numbers &v) {
  double m = *std::max_element(v.begin(), v.end()), s = 0;
  for (double a : v) s += std::exp(a - m);
  return m + std::log(s);
}
static Numbers normalized(Numbers v) {
  double z = add_logs(v);
  for (auto &a : v) a -= z;
  return v;
}
struct Model {
  std::vector<Numbers> moves, shows;
  Numbers first;
  double likelihood(const std::string &seen) const {
    std::size_t n = first.size();
    Numbers now(n), next(n), ways(n);
    for (std::size_t k = 0; k < n; k++) now[k] = first[k] + shows[k][seen[0] - 'a'];
    for (std::size_t i = 1; i < seen.size(); i++) {
      for (std::size_t k = 0; k < n; k++) {
        for (std::size_t j = 0; j < n; j++) ways[j] = now[j] + moves[j][k];
        next[k] = add_logs(ways) + shows[k][seen[i] - 'a'];
      }
      now.swap(next);
    }
    return add_logs(now);
  }
};
static double hidden(double x) {
  Model m;
  m.first = normalized({x, 0});
  m.moves = {normalized({-x, 0}), normalized({0, x * x})};
  m.shows.push_back(normalized({0.1, 0, x}));
  m.shows.push_back(normalized({0, -x, 0.2}));
  return m.likelihood("abacabbcab");
}

// Bodies: records with numbers and a flag, in a vector that grows.
struct Pair {
  double x = 0, y = 0;
};
struct Body {
  Pair place, speed, force;
  double mass;
  bool fixed;
};
static double bodies(double x) {
  std::vector<Body> all;
  for (int i = 0; i < 4; i++) all.push_back({{i * x, 0}, {}, {}, x, i == 0});
  for (int step = 0; step < 5; step++)
    for (auto &b : all) {
      b.force = {-b.place.x, x};
      if (b.fixed) continue;
      b.speed.x += b.force.x / b.mass * 0.1;
      b.place.x += b.speed.x * 0.1;
    }
  double s = 0;
  for (auto &b : all) s += b.place.x * b.speed.x;
  return s;
}

// A moving average: results that may be absent, of a queue.
struct Window {
  std::deque<double> seen;
  double sum = 0;
  std::optional<double> push(double v) {
    seen.push_back(v);
    sum += v;
    if (seen.size() > 3) {
      sum -= seen.front();
      seen.pop_front();
    }
    if (seen.size() < 3) return std::nullopt;
    return sum / seen.size();
  }
};
static double averaged(double x) {
  Window w;
  double s = 0;
  for (int i = 0; i < 30; i++)
    if (auto mean = w.push(std::sin(x * i))) s += *mean * *mean;
  return s;
}

#define CHECK(f)                                                                           \
  {                                                                                        \
    double h = 1e-5, fd = (f(x + h) - f(x - h)) / (2 * h);                                  \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);    \
    std::printf(#f " %d %d\n", std::fabs(r - fd) < 1e-6 * std::fabs(fd), std::fabs(r - t) < 1e-9); \
  }
int main() {
  double x = 0.8;
  CHECK(hidden)
  CHECK(bodies)
  CHECK(averaged)
}
