// LEVELS: 0
// FLAGS: -x c++ -std=c++17
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// ERROR: [RZ0011]
// Without optimization even what tells where the letters are has no body.
#include <cstring>
#include <sstream>
#include <string>
void __enzyme_autodiff(void *, double *, double *);
static double inserted(double *x) {
  std::string s = "name and more";
  double v = x[0] * x[1], w;
  s.insert(3, (const char *)&v, 8);
  memcpy(&w, s.c_str() + 3, 8);
  return w * x[2];
}
static double added(double *x) {
  double v = x[0] * x[1], w;
  std::string s((const char *)&v, 8), t = "more text that is long";
  t += s;
  std::string u = t + s;
  memcpy(&w, u.data() + 30, 8);
  return w * x[2];
}
__attribute__((noinline)) static double read(const std::string &s) {
  double w;
  memcpy(&w, s.data(), 8);
  return w * w;
}
static double passed(double *x) { return read(std::string((const char *)x, 8)); }
static double streamed(double *x) {
  std::ostringstream os;
  double v = x[0] * x[1], w;
  os.write((const char *)&v, 8);
  std::string s = os.str();
  memcpy(&w, s.data(), 8);
  return w * x[2];
}
static double read_back(double *x) {
  std::istringstream is(std::string((const char *)x, 64));
  double sum = 0, w;
  for (int i = 0; i < 8; i++) is.read((char *)&w, 8), sum += w * w;
  return sum;
}
void g(double *x, double *d) {
  __enzyme_autodiff((void *)inserted, x, d);
  __enzyme_autodiff((void *)added, x, d);
  __enzyme_autodiff((void *)passed, x, d);
  __enzyme_autodiff((void *)streamed, x, d);
  __enzyme_autodiff((void *)read_back, x, d);
}
