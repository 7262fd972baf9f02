// f(dup, dup, const) -> const
// Both summands are overwritten; the sine needs only their sum, so one value is stored, not two.
double sin(double);
void f(double *a, double *b, int n) {
  for (int i = 0; i < n; i++) {
    double sum = a[i] + b[i];
    a[i] = sin(sum);
    b[i] = 0;
  }
}
