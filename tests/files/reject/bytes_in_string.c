// LEVELS: 0,1,2,3
// FLAGS: -x c++ -std=c++20
// ERROR: [RZ0012]
// A string holds any bytes, and its members move them: those of a number are not letters.
#include <cstring>
#include <string>
void __enzyme_autodiff(void *, double *, double *, int);
static double f(double *x, int n) {
  double v = x[0] * x[0], w;
  std::string s = "header..";
  s.append((const char *)&v, 8);
  s += "tail that is long enough";
  std::string c = s;
  memcpy(&w, c.data() + 8, 8);
  return w * x[1];
}
void g(double *x, double *d) { __enzyme_autodiff((void *)f, x, d, 2); }
double h(double *x) { return f(x, 2); }
