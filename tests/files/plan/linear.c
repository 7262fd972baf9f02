// f(dup, dup, const, const) -> const
// A linear update needs no primal value in the reverse pass: only shadows and the trip count.
void f(double *restrict y, const double *restrict x, double a, int n) {
  for (int i = 0; i < n; i++)
    y[i] += a * x[i];
}
