// f(dup, const, const) -> active
// The distance is one of several to choose from: where it was not chosen the inner loop is not undone.
double f(const double *x, int k, int n) {
  double least = 0;
  for (int j = 0; j < k; j++) {
    double d = 0;
    for (int c = 0; c < n; c++)
      d += x[j * n + c] * x[j * n + c] * x[c];
    if (j == 0 || d < least)
      least = d;
  }
  return least;
}
