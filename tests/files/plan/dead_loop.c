// f(dup, const, const) -> active
// The loop over integers carries no derivative: the reverse pass steps over it. Its result is
// stored once.
double f(const double *a, const int *table, int n) {
  int at = 0;
  for (int i = 0; i < n; i++)
    at = table[at];
  return a[at] * a[at];
}
