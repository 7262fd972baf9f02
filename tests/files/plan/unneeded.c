// f(dup, dupnoneed, dupnoneed, const) -> active
// Nobody needs the last store to y: it is left out. The others are read again, as is scratch.
double f(const double *x, double *y, double *scratch, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    scratch[i] = x[i] * x[i];
    s += scratch[n - 1 - i];
  }
  y[0] = s;
  double r = y[0] * x[0];
  y[1] = r * r;
  return r;
}
