// f(dup, const) -> const
// a[i + 1] is overwritten by the next iteration, so it is stored although load and store of one
// iteration are of different elements.
void f(double *a, int n) {
  for (int i = 0; i < n; i++) {
    double next = a[i + 1];
    a[i] = next * next;
  }
}
