// f(dup, const) -> active
// Induction variables with other starts and steps come from the counter of the reversed loop.
double f(const double *a, long n) {
  double sum = 0;
  for (long i = 3; i < n; i += 2)
    sum += a[i] * a[5 * i];
  return sum;
}
