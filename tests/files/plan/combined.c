// f(dup, const) -> active
// The sum of the parts is wanted for its adjoint alone, and the recursion writes nothing: it runs in
// the reverse pass, without a tape.
__attribute__((noinline)) static double sum(const double *a, int n) {
  if (n == 1)
    return a[0] * a[0] * a[0];
  return sum(a, n / 2) + sum(a + n / 2, n - n / 2);
}
double f(const double *a, int n) { return 2 * sum(a, n); }
