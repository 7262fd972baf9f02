// f(dup, const) -> active
// Whether an iteration is the first is known anyway; what is kept is the other half of the condition.
double f(const double *a, long n) {
  double least = 0;
  for (long i = 0; i < n; i++) {
    double square = a[i] * a[i] - a[i + 1];
    if (i == 0 || square < least)
      least = square;
  }
  return least;
}
