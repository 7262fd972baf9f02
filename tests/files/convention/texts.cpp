// Text beside numbers, in strings and streams whose members have no body here: names, labels, messages, logs.
// FLAGS: -std=c++17
#include <cmath>
#include <cstdio>
#include <cstring>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>
template <typename... T> double __enzyme_autodiff(T...);
template <typename... T> double __enzyme_fwddiff(T...);

static double labelled(double x) {
  std::string s = "name";
  s += "_and_more_of_it_that_is_long";
  s.append("x").insert(2, "abc").replace(1, 2, "zz");
  return x * x * s.size() + (s == "abc" ? 0 : x);
}

struct Named {
  std::string name;
  double value;
};
static double in_records(double x) {
  Named a{"spring constant of something", x}, b{"mass", x * x};
  return a.value * b.value * a.name.length() * b.name.size();
}
static double in_vectors(double x) {
  std::vector<Named> all;
  for (int i = 0; i < 6; i++)
    all.push_back({"name" + std::string(i * 5, 'c'), x * (i + 1)});
  double sum = 0;
  for (Named &one : all) sum += one.value * one.value * one.name.size();
  return sum;
}
struct Short {
  char name[8];
  double value;
};
static double in_buffers(double x) {
  Short all[4];
  double sum = 0;
  for (int i = 0; i < 4; i++) {
    snprintf(all[i].name, 8, "p%d", i);
    all[i].value = x * (i + 1);
  }
  for (Short &one : all) {
    std::string s(one.name);
    s.append(one.name, strlen(one.name));
    sum += one.value * one.value * s.size();
  }
  return sum;
}

static double logged(double x) {
  std::ostringstream log;
  std::ofstream file("/dev/null");
  double r = x;
  for (int i = 0; i < 4; i++) {
    r = std::sin(r * x);
    log << "step " << i << ": " << r << "\n";
    file.write((const char *)&r, sizeof r);
  }
  if (log.str().empty()) throw std::runtime_error("nothing in " + std::to_string(r));
  return r * r;
}

#define CHECK(f)                                                                         \
  {                                                                                      \
    double h = 1e-5, fd = (f(x + h) - f(x - h)) / (2 * h);                                \
    double r = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0);  \
    printf(#f " %d %d\n", std::fabs(r - fd) < 1e-6 * std::fabs(fd), std::fabs(r - t) < 1e-9 * std::fabs(r)); \
  }

int main() {
  double x = 0.7;
  CHECK(labelled)
  CHECK(in_records)
  CHECK(in_vectors)
  CHECK(in_buffers)
  CHECK(logged)
}
