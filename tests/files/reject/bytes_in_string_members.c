// FLAGS: -x c++ -std=c++17
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// TEXT: help: keep numbers in arrays or vectors of their own type
// Before C++20 the members of strings have no body here. What they move is text, or the bytes of numbers.
#include <cstring>
#include <string>
#include <utility>
void __enzyme_autodiff(void *, double *, double *);
static double constructed(double *x) {
  double a[4], b[4], sum = 0;
  for (int i = 0; i < 4; i++) a[i] = x[i] * x[i];
  std::string s((const char *)a, sizeof a);
  memcpy(b, s.data(), sizeof b);
  for (int i = 0; i < 4; i++) sum += b[i] * x[i];
  return sum;
}
static double appended(double *x) {
  std::string s;
  double v = x[0] * x[1], w;
  s.append((const char *)&v, 8);
  memcpy(&w, s.c_str(), 8);
  return w * x[2];
}
static double resized(double *x) {
  std::string s;
  s.resize(64);
  for (int i = 0; i < 8; i++) {
    double v = x[i] * x[i];
    memcpy(&s[8 * i], &v, 8);
  }
  double sum = 0;
  for (int i = 0; i < 8; i++) {
    double w;
    memcpy(&w, &s[8 * i], 8);
    sum += w * x[i];
  }
  return sum;
}
struct Record {
  std::string name;
  double weight;
};
static double in_record(double *x) {
  Record r{"name", x[0]};
  double v = x[1] * x[1], w;
  r.name.append((const char *)&v, 8);
  memcpy(&w, r.name.data() + 4, 8);
  return w * r.weight;
}
static double copied_out(double *x) {
  double v = x[0] * x[1], w;
  std::string s((const char *)&v, 8);
  s.copy((char *)&w, 8, 0);
  return w * x[2];
}
void g(double *x, double *d) {
  __enzyme_autodiff((void *)constructed, x, d);
  __enzyme_autodiff((void *)appended, x, d);
  __enzyme_autodiff((void *)resized, x, d);
  __enzyme_autodiff((void *)in_record, x, d);
  __enzyme_autodiff((void *)copied_out, x, d);
}
