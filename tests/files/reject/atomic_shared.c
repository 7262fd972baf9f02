// ERROR: 10:16: error: Enzyme: an atomic compare-and-exchange of active data [RZ0020]
// Other threads may reach the memory, so the access stays atomic.
double __enzyme_fwddiff(void *, ...);
double g(double *p, double *d) {
  double f(double *);
  return __enzyme_fwddiff((void *)f, p, d);
}
double f(double *p) {
  double o, n; do { o = *p, n = o * o; } while (
              !__atomic_compare_exchange(p, &o, &n, 0, 5, 5)); return *p; }
