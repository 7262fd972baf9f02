// f(dup, const) -> active
// A scratch array is allocated with its shadow; freeing it is delayed.
#include <stdlib.h>
double f(const double *a, int n) {
  double *scratch = malloc(n * sizeof(double));
  for (int i = 0; i < n; i++)
    scratch[i] = a[i] * a[i];
  double product = 1;
  for (int i = 0; i < n; i++)
    product *= scratch[n - 1 - i];
  free(scratch);
  return product;
}
