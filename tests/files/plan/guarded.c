// f(dup, const) -> active
// The quotient is computed whether it is wanted or not; what it is made of is used besides.
double f(const double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    double r = x[i] * x[i];
    s += r > 1 ? x[i] / (r - 1) * 3 : r;
  }
  return s;
}
