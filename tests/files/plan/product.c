// f(dup, const) -> active
// The running product is carried by a phi: each factor's partial needs the product so far.
double f(const double *a, int n) {
  double product = 1;
  for (int i = 0; i < n; i++)
    product *= a[i];
  return product;
}
