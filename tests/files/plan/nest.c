// f(dup, const, const) -> const
// Both counts are known before the nest, so one array is made for all of it. The inner loop is
// entered only under a condition, without which its count means nothing.
void f(double *a, long n, long m) {
  for (long i = 0; i < n; i++)
    for (long j = 0; j < m; j++)
      a[i + j + 1] = a[i + j] * a[i + j + 1];
}
