// f(dup, const, const) -> const
// Two loops in one: the way from the first to the second is no condition, so the arrays of both are made once.
void f(double *a, long n, long m) {
  for (long i = 0; i < n; i++) {
    for (long j = 0; j < m; j++)
      a[j] = a[j] * a[j + m];
    for (long j = 0; j < m; j++)
      a[j + m] = a[j] * a[j + m];
  }
}
