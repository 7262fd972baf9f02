// f(dup, const, const) -> active
// The adjoint of a minor is known before it is computed, and undoing it only adds to shadows: it is
// undone at once, without a tape. That of `other` is scaled in each iteration.
__attribute__((noinline)) static double minor(int n, int row, const double *a, int *next) {
  if (row == n - 1)
    return a[row * n + next[n]];
  double sum = 0, sign = 1;
  int before = n;
  for (int j = row; j < n; j++) {
    int column = next[before];
    next[before] = next[column];
    sum += sign * a[row * n + column] * minor(n, row + 1, a, next);
    next[before] = column;
    before = column;
    sign = -sign;
  }
  return sum;
}
__attribute__((noinline)) static double other(const double *a, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++)
    sum = sum * 0.5 + a[i] * other(a, i);
  return sum;
}
double f(const double *a, int *next, int n) { return minor(n, 0, a, next) - other(a, n); }
