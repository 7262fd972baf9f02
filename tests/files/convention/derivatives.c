// FLAGS: -I../../include -Wno-unused-function
// Gradients, Hessians and Jacobians by the helpers of <ribozyme/derivatives.h>, against what they are.
#include <math.h>
#include <ribozyme/derivatives.h>
#include <stdio.h>

// sum of c x[i]^2 x[i+1]
static double energy(size_t n, const double *x, const void *data) {
  double c = *(const double *)data, sum = 0;
  for (size_t i = 0; i < n; i++)
    sum += c * x[i] * x[i] * x[(i + 1) % n];
  return sum;
}
RIBOZYME_SCALAR(energy);

// y[i] = sin(x[i mod n]) x[(i + 1) mod n]; works for any n and m
static void map(size_t n, const double *x, size_t m, double *y, const void *data) {
  (void)data;
  for (size_t i = 0; i < m; i++)
    y[i] = sin(x[i % n]) * x[(i + 1) % n];
}
RIBOZYME_MAP(map);

static double worst;
static void near(double found, double expected) {
  double error = fabs(found - expected) / (1 + fabs(expected));
  if (!(error <= worst))
    worst = error;
}

enum { MOST = 13 };
static double x[MOST], v[MOST], y[MOST], g[MOST], p[MOST], w[MOST], matrix[MOST * MOST];

static double entry(size_t n, size_t i, size_t j) {
  size_t a = i % n, b = (i + 1) % n;
  return (j == a ? cos(x[a]) * x[b] : 0) + (j == b ? sin(x[a]) : 0);
}

static double second(size_t n, double c, size_t i, size_t j) {
  double h = 0;
  for (size_t k = 0; k < n; k++) {
    size_t l = (k + 1) % n;
    if (k == l)
      h += i == k && j == k ? 6 * c * x[k] : 0;
    else
      h += (i == k && j == k ? 2 * c * x[l] : 0) + ((i == k && j == l) || (i == l && j == k) ? 2 * c * x[k] : 0);
  }
  return h;
}

static void scalar(size_t n) {
  double c = 1.5, value = energy_gradient(n, x, g, &c);
  near(value, energy(n, x, &c));
  for (size_t i = 0; i < n; i++) {
    size_t before = (i + n - 1) % n, after = (i + 1) % n;
    near(g[i], 2 * c * x[i] * x[after] + c * x[before] * x[before]);
  }
  for (size_t i = 0; i < MOST * MOST; i++)
    matrix[i] = NAN;
  near(energy_hessian(n, x, matrix, &c), 0);
  for (size_t i = 0; i < n; i++)
    for (size_t j = 0; j < n; j++)
      near(matrix[i * n + j], second(n, c, i, j));
  for (size_t i = 0; i < MOST; i++)
    g[i] = p[i] = NAN;
  energy_hvp(n, x, v, g, p, &c);
  for (size_t i = 0; i < n; i++) {
    double sum = 0;
    for (size_t j = 0; j < n; j++)
      sum += matrix[i * n + j] * v[j];
    near(p[i], sum);
    near(g[i], 2 * c * x[i] * x[(i + 1) % n] + c * x[(i + n - 1) % n] * x[(i + n - 1) % n]);
  }
}

static void several(size_t n, size_t m) {
  for (size_t i = 0; i < MOST * MOST; i++)
    matrix[i] = NAN;
  near(map_jacobian(n, x, m, y, matrix, NULL), 0);
  for (size_t i = 0; i < m; i++) {
    near(y[i], sin(x[i % n]) * x[(i + 1) % n]);
    for (size_t j = 0; j < n; j++)
      near(matrix[i * n + j], entry(n, i, j));
  }
  map_jvp(n, x, v, m, y, p, NULL);
  for (size_t i = 0; i < m; i++) {
    double sum = 0;
    for (size_t j = 0; j < n; j++)
      sum += entry(n, i, j) * v[j];
    near(p[i], sum);
  }
  near(map_vjp(n, x, m, w, y, p, NULL), 0);
  for (size_t j = 0; j < n; j++) {
    double sum = 0;
    for (size_t i = 0; i < m; i++)
      sum += entry(n, i, j) * w[i];
    near(p[j], sum);
  }
}

int main(void) {
  for (int i = 0; i < MOST; i++) {
    x[i] = 0.3 + 0.1 * i;
    v[i] = 1 - 0.2 * i;
    w[i] = 0.5 + 0.3 * i;
  }
  for (size_t n = 1; n <= MOST; n++) {
    scalar(n);
    for (size_t m = 0; m <= MOST; m++)
      several(n, m);
  }
  puts(worst < 1e-13 ? "all derivatives right" : "wrong");
  return 0;
}
