// FLAGS: -I../../include
#include <math.h>
#include <ribozyme/derivatives.h>
#include <stdio.h>

// Rosenbrock's function of n variables; a minimum at (1, …, 1).
static double valley(size_t n, const double *x, const void *data) {
  double steep = *(const double *)data, sum = 0;
  for (size_t i = 0; i + 1 < n; i++) {
    double off = x[i + 1] - x[i] * x[i];
    sum += steep * off * off + (1 - x[i]) * (1 - x[i]);
  }
  return sum;
}
RIBOZYME_SCALAR(valley);

// Polar coordinates: x[0] is a length, x[1] an angle.
static void point(size_t n, const double *x, size_t m, double *y, const void *data) {
  y[0] = x[0] * cos(x[1]);
  y[1] = x[0] * sin(x[1]);
}
RIBOZYME_MAP(point);

int main(void) {
  double steep = 100, x[2] = {1, 1}, g[2], h[4], polar[2] = {2, 0}, y[2], J[4];
  double value = valley_gradient(2, x, g, &steep);
  if (valley_hessian(2, x, h, &steep) || point_jacobian(2, polar, 2, y, J, NULL))
    return 1;
  printf("value %g, gradient %g %g\n", value, g[0] + 0.0, g[1]);
  printf("hessian %g %g / %g %g\n", h[0], h[1], h[2], h[3]);
  printf("jacobian %g %g / %g %g\n", J[0], J[1] + 0.0, J[2], J[3]);
  return 0;
}
