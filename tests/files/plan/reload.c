// f(dup, const) -> active
// Nothing writes to a, so its elements are loaded again and nothing is stored.
double f(const double *a, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++)
    sum += a[i] * a[i];
  return sum;
}
