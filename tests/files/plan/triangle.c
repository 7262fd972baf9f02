// f(dup, const) -> const
// The inner count changes with the outer iteration, so each outer iteration has its own array.
void f(double *a, long n) {
  for (long i = 1; i < n; i++)
    for (long j = 0; j < i; j++)
      a[j + 1] = a[j] * a[j + 1];
}
