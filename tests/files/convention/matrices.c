// FLAGS: -fenable-matrix
// Matrices of the language are intrinsics when requests are answered.
#include <stdio.h>

extern int enzyme_dup, enzyme_dupnoneed, enzyme_width;
void __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);

typedef double m2 __attribute__((matrix_type(2, 2)));
typedef double m23 __attribute__((matrix_type(2, 3)));
typedef double m32 __attribute__((matrix_type(3, 2)));

static double weighted(const double *a, const double *b) {
  m2 x = __builtin_matrix_column_major_load(a, 2, 2, 2);
  m2 y = __builtin_matrix_column_major_load(b, 2, 2, 2);
  m2 z = x * y + __builtin_matrix_transpose(x);
  return z[0][0] + 2 * z[0][1] + 3 * z[1][0] + 4 * z[1][1];
}

// The columns of `a` are five apart: what lies between them is left alone.
static void product(const double *a, const double *b, double *c) {
  m23 x = __builtin_matrix_column_major_load(a, 2, 3, 5);
  m32 y = __builtin_matrix_column_major_load(b, 3, 2, 3);
  __builtin_matrix_column_major_store(x * y * 2.0, c, 2);
}

static void show(const char *name, const double *x, int n) {
  printf("%s:", name);
  for (int i = 0; i < n; i++) printf(" %g", x[i]);
  printf("\n");
}

int main(void) {
  // Column by column: a = {{1, 3}, {2, 4}}, b = {{5, 7}, {6, 8}}.
  double a[4] = {1, 2, 3, 4}, b[4] = {5, 6, 7, 8}, da[4] = {0}, db[4] = {0};
  __enzyme_autodiff((void *)weighted, a, da, b, db);
  show("da", da, 4); // g b' + g' for g = {{1, 2}, {3, 4}}
  show("db", db, 4); // a' g
  double ta[4] = {1, 0, 2, 0}, tb[4] = {0, 1, 0, -1};
  printf("%g\n", __enzyme_fwddiff((void *)weighted, a, ta, b, tb));

  double x[15] = {1, 2, 9, 9, 9, 3, 4, 9, 9, 9, 5, 6, 9, 9, 9}, y[6] = {1, 0, 2, 0, 1, 3}, z[4];
  double dx[2][15] = {{0}}, dy[2][6] = {{0}}, dz[2][4] = {{1, 0, 0, 0}, {0, 0, 0, 1}};
  __enzyme_autodiff((void *)product, enzyme_width, 2, enzyme_dup, x, dx[0], dx[1], enzyme_dup, y,
                    dy[0], dy[1], enzyme_dup, z, dz[0], dz[1]);
  show("z", z, 4);
  for (int k = 0; k < 2; k++) {
    show("dx", dx[k], 15);
    show("dy", dy[k], 6);
    show("dz", dz[k], 4);
  }
}
