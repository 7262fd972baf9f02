// f(dup, const) -> const
// How far apart the halves are is read from the tape, and said to be at least 2 as in the primal; a distance that
// wraps around may be anything.
void f(double *a, long n) {
  for (long length = 2; length <= n; length *= 2)
    for (long k = 0; k < length / 2; k++) {
      double high = a[length / 2 + k] * a[k];
      a[length / 2 + k] = a[k] - high;
      a[k] += high;
    }
  for (unsigned long length = 2; length - 1 < 7; length *= 2)
    for (unsigned long k = 0; k < length; k++)
      a[length + k] *= a[k];
}
