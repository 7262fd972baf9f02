// f(dup, const) -> active
// The way back through the branch is decided by its condition, which is computed again.
double sin(double);
double f(const double *a, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++) {
    if (a[i] > 0)
      sum += sin(a[i]);
    else
      sum *= a[i];
  }
  return sum;
}
