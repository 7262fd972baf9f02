// f(dup, const) -> active
// Four ways into one block: no single condition decides, so the way taken is stored.
double sin(double), cos(double), sqrt(double);
double f(const double *a, const int *kind) {
  double x = a[0];
  switch (*kind) {
  case 0: return sin(x);
  case 1: return cos(x);
  case 7: return sqrt(x) * x;
  }
  return x * x * x;
}
