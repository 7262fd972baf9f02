// f(dup, const) -> active
// The callee changes what it reads, so its forward part leaves a tape for its reverse part.
__attribute__((noinline)) static double step(double *a) {
  double old = a[0];
  a[0] = old * old;
  return old * a[1];
}
double f(double *a, int n) {
  double sum = 0;
  for (int i = 0; i < n; i++)
    sum += step(a);
  return sum;
}
