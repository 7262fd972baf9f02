// Without a request for a trace a sample is drawn by its sampler, and an observation is the value.
#include <math.h>
#include <stdio.h>
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...);
double __enzyme_sample(void *, void *, const char *, ...), __enzyme_observe(double, void *, const char *, ...);
static double draw(double mean, double sigma) { return mean + 0.5 * sigma * sigma; }
static double density(double mean, double sigma, double v) { return (v - mean) / sigma; }
static double model(double x) {
  double s = __enzyme_sample((void *)draw, (void *)density, "s", x, 2 * x);
  return s * __enzyme_observe(x * x, (void *)density, "o", x, 1.0); // (x + 2x²) x²
}
int main() {
  printf("%g %g %g\n", model(2), __enzyme_autodiff((void *)model, 2.0), __enzyme_fwddiff((void *)model, 2.0, 1.0));
}
