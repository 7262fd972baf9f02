// f(out) -> active
// How often the loop runs depends on what it computes: one record an iteration.
double f(double x) {
  while (x > 1.0)
    x = x * x * 0.25 / (x + 1.0);
  return x;
}
