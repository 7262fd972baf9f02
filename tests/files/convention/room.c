// A block may have room for more than was asked for, and its shadow less: what is done with all of the room must
// fit the shadow. `big` leaves a hole in which blocks of 1088 bytes have room for 1112 bytes with glibc.
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>

extern int enzyme_dup;
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);

static double grow(double x) {
  double *p = malloc(136 * sizeof *p);
  for (int i = 0; i < 136; i++) p[i] = x * i;
  p = realloc(p, 300 * sizeof *p);
  for (int i = 136; i < 300; i++) p[i] = p[i - 136] * x;
  double sum = 0;
  for (int i = 0; i < 300; i++) sum += p[i] * p[i];
  free(p);
  return sum;
}

static double fill(double x) {
  double *p = malloc(136 * sizeof *p);
  size_t room = malloc_usable_size(p) / sizeof *p;
  for (size_t i = 0; i < room; i++) p[i] = x * (double)i;
  double sum = 0;
  for (int i = 0; i < 136; i++) sum += p[i] * p[i];
  free(p);
  return sum;
}

static double slope(double x) { return __enzyme_autodiff((void *)grow, x); }
static double tangent(double x) { return __enzyme_fwddiff((void *)grow, x, 1.0); }

static void *walls[64];
static int wall;

/* A hole of 1120 bytes between blocks that stay. */
static void hole(void) {
  void *big[4];
  for (int i = 0; i < 4; i++) big[i] = malloc(1104), walls[wall++] = malloc(64);
  for (int i = 0; i < 4; i++) free(big[i]);
}

#define SHOW(request) hole(), printf("%.6g\n", request)

int main(void) {
  SHOW(slope(1.5));
  SHOW(tangent(1.5));
  SHOW(__enzyme_autodiff((void *)fill, 1.5));
  SHOW(__enzyme_fwddiff((void *)fill, 1.5, 1.0));
  SHOW(__enzyme_autodiff((void *)slope, 1.5));
  SHOW(__enzyme_fwddiff((void *)slope, 1.5, 1.0));
  SHOW(__enzyme_autodiff((void *)tangent, 1.5));
  SHOW(__enzyme_fwddiff((void *)tangent, 1.5, 1.0));
  for (int i = 0; i < wall; i++) free(walls[i]);
}
