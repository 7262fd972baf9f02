// Drives `attributes.ll`. `attributes.out` is what it prints.
#include <stdio.h>
void test_copy(int which, double *to, double *dto, double *from, double *dfrom);
void test_node(double *to, double *dto, double **box, double **dbox);
double reverse(int which, double x), forward(int which, double x);
int main() {
  for (int i = 0; i < 2; i++) {
    double to[2] = {0, 0}, dto[2] = {1, 10}, from[2] = {3, 5}, dfrom[2] = {0, 0};
    test_copy(i, to, dto, from, dfrom);
    printf("copy {%g, %g} {%g, %g} {%g, %g}\n", to[0], to[1], dto[0], dto[1], dfrom[0], dfrom[1]);
  }
  double to[2] = {0, 0}, dto[2] = {1, 10}, from[2] = {3, 5}, dfrom[2] = {0, 0}, *box = from, *dbox = dfrom;
  test_node(to, dto, &box, &dbox);
  printf("node {%g, %g} {%g, %g} {%g, %g}\n", to[0], to[1], dto[0], dto[1], dfrom[0], dfrom[1]);
  for (int i = 0; i < 6; i++) printf("%d: %g %g\n", i, reverse(i, 3.0), forward(i, 3.0));
}
