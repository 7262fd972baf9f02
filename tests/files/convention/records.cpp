// NOT AT: -O0
// Vectors of records of a number and a counter: growing, sorting, heaps.
#include <algorithm>
#include <cmath>
#include <cstdio>
#include <queue>
#include <utility>
#include <vector>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);

struct Record {
  double t;
  int k;
  double w;
};
struct Event {
  double t;
  int k;
  bool operator<(const Event &o) const { return t > o.t; }
};

static double grown(double x) {
  std::vector<std::pair<double, int>> v;
  for (int i = 0; i < 40; i++) v.push_back({x * (1 + 0.01 * ((i * 17) % 23)), i});
  double s = 0;
  for (std::size_t i = 0; i < v.size(); i++) s += v[i].first * v[i].first * i * (v[i].second % 3 + 1) * 0.01;
  return s;
}
static double sorted(double x) {
  std::vector<Record> v;
  for (int i = 0; i < 40; i++) v.push_back({(i % 2 ? x : x * x) * (1 + 0.01 * ((i * 17) % 23)), i, x});
  std::sort(v.begin(), v.end(), [](const Record &a, const Record &b) { return a.t < b.t; });
  double s = 0;
  for (std::size_t i = 0; i < v.size(); i++) s += v[i].t * v[i].t * i * (v[i].k % 3 + 1) * 0.01 + v[i].w;
  return s;
}
static double pairs(double x) {
  std::vector<std::pair<double, int>> v;
  for (int i = 0; i < 40; i++) v.push_back({(i % 2 ? x : x * x) * (1 + 0.01 * ((i * 17) % 23)), i});
  std::sort(v.begin(), v.end());
  double s = 0;
  for (std::size_t i = 0; i < v.size(); i++) s += v[i].first * v[i].first * i * (v[i].second % 3 + 1) * 0.01;
  return s;
}
static double events(double x) {
  std::priority_queue<Event> q;
  for (int i = 0; i < 3; i++) q.push({x * (i + 1), i});
  double s = 0;
  for (int n = 0; n < 12; n++) {
    Event e = q.top();
    q.pop();
    s = s * 0.9 + e.t * (e.k + 1);
    q.push({e.t + x * x * 0.37 * (e.k + 1), (e.k + 1) % 3});
  }
  return s;
}

#define CHECK(f)                                                                         \
  {                                                                                      \
    double h = 1e-5, fd = (f(x + h) - f(x - h)) / (2 * h);                                \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);  \
    printf(#f " %d %d %.8g\n", std::fabs(r - fd) < 1e-6 * std::fabs(fd), r == t || std::fabs(r - t) < 1e-9 * std::fabs(r), r); \
  }
int main() {
  double x = 1.3;
  CHECK(grown)
  CHECK(sorted)
  CHECK(pairs)
  CHECK(events)
}
