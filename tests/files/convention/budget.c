// The heap that gradients with a tape budget take beside what the function allocates itself, at its most: never more
// than the budget, and the gradient is that without a budget to the last bit.
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

extern int enzyme_const, enzyme_dup, ribozyme_tape_budget, ribozyme_no_alloc;
void __enzyme_autodiff(void *, ...);
double __enzyme_autodiff_d(void *, ...);

extern size_t now, most;

static double diffuse(const double *start, int n, int steps) {
  double *u = (double *)malloc(n * sizeof(double)), *v = (double *)malloc(n * sizeof(double)), sum = 0;
  memcpy(u, start, n * sizeof(double));
  for (int t = 0; t < steps; t++) {
    for (int i = 0; i < n; i++)
      v[i] = u[i] * (1 - u[i]);
    for (int i = 0; i < n; i++)
      u[i] += 0.1 * v[i] * (v[(i + 1) % n] - u[i]);
  }
  for (int i = 0; i < n; i++)
    sum += u[i] * u[i];
  free(v);
  free(u);
  return sum;
}

static double wave(double x) {
  for (int i = 0; i < 50; i++)
    x = 3.7 * x * (1 - x);
  return x;
}

enum { N = 1000, STEPS = 700 };
static double x[N], unlimited[N], dx[N];

// Bytes that a gradient took at the most, of the tape alone: the function allocates two arrays and their shadows.
#define TAPE(GRADIENT) (memset(dx, 0, sizeof dx), now = most = 0, GRADIENT, most - 4 * N * sizeof(double))
#define BUDGET(BYTES)                                                                                                  \
  TAPE(__enzyme_autodiff((void *)diffuse, ribozyme_tape_budget, BYTES, enzyme_dup, x, dx, enzyme_const, N,             \
                         enzyme_const, STEPS))
#define REPORT(BYTES)                                                                                                  \
  do {                                                                                                                 \
    size_t used = BUDGET(BYTES);                                                                                       \
    printf("%d: %s, %s\n", BYTES, used <= BYTES ? "kept" : "exceeded",                                          \
           memcmp(dx, unlimited, sizeof dx) == 0 ? "same" : "different");                                              \
  } while (0)

int main(void) {
  for (int i = 0; i < N; i++)
    x[i] = (i * 37 % 101) / 101.0;
  size_t all = TAPE(__enzyme_autodiff((void *)diffuse, enzyme_dup, x, dx, enzyme_const, N, enzyme_const, STEPS));
  memcpy(unlimited, dx, sizeof dx);
  printf("without: %s\n", all > 5000000 ? "megabytes" : "little");
  REPORT(160000);
  REPORT(250000);
  REPORT(1000000);
  REPORT(3000000);
  REPORT(100000000);
  now = most = 0;
  double d = __enzyme_autodiff_d((void *)wave, ribozyme_no_alloc, 0.3);
  printf("no_alloc: %zu bytes, %.6e\n", most, d);
  return 0;
}
