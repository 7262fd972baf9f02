#include <math.h>
#include <stdio.h>
double f(double, double, int), reverse(double, double, int, double *), forward(double, double, double, double, int);
float single(float, float), forward_single(float, float);
// The run-time library, as far as it is needed.
double _FortranAModReal8(double a, double p, const char *file, int line) { return fmod(a, p); }
float _FortranAModReal4(float a, float p, const char *file, int line) { return fmodf(a, p); }
double _FortranAModuloReal8(double a, double p, const char *file, int line) { return a - floor(a / p) * p; }
double _FortranAErfcScaled8(double x) { return exp(x * x) * erfc(x); }
double _FortranAScale8(double x, long n) { return ldexp(x, n); }
float _FortranAScale4(float x, long n) { return ldexpf(x, n); }
double _FortranAFraction8(double x) { int e; return frexp(x, &e); }
double _FortranASetExponent8(double x, long n) { int e; return ldexp(frexp(x, &e), n); }
int _FortranAExponent8_4(double x) { int e; frexp(x, &e); return e; }
double _FortranASpacing8(double x) { int e; frexp(x, &e); return ldexp(1, e - 53); }
int main() {
  double h = 1e-6, xs[] = {2.3, -1.4, 0.6}, ys[] = {0.7, 1.1, -0.9};
  for (int i = 0; i < 3; i++) {
    double x = xs[i], y = ys[i], dy, dx = reverse(x, y, 3, &dy);
    double fx = (f(x + h, y, 3) - f(x - h, y, 3)) / (2 * h), fy = (f(x, y + h, 3) - f(x, y - h, 3)) / (2 * h);
    double t = forward(x, 1, y, 0.5, 3);
    printf("%d %d %d\n", fabs(dx - fx) < 1e-6 * fabs(fx), fabs(dy - fy) < 1e-6 * fabs(fy), fabs(t - dx - 0.5 * dy) < 1e-9 * fabs(t));
  }
  // (xy mod y) 4x with xy = 2.31 and y = 0.7: 4(xy - 3y) + 4xy.
  float x = 3.3f, y = 0.7f;
  printf("%d\n", fabsf(forward_single(x, y) - (4 * (x * y - 3 * y) + 4 * x * y)) < 1e-4f);
}
