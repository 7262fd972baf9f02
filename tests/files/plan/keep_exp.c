// f(dup, const) -> active
// The adjoint of exp needs its result: one double is kept rather than exp called again.
double exp(double);
double f(const double *a, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++)
    sum += exp(a[i]);
  return sum;
}
