// ERROR: error: Enzyme: cannot tell whether byte 0 of an active integer is part of a float [RZ0012]
static __attribute__((noinline)) void swap(void *x, void *y, unsigned long n) {
  unsigned char *p = x, *q = y;
  do {
    unsigned char t = *p;
    *p++ = *q;
    *q++ = t;
  } while (--n);
}
double f(double *a) {
  swap(a, a + 1, sizeof *a);
  return a[0] * a[0] * a[1];
}
extern int enzyme_dup;
double __enzyme_autodiff(void *, ...);
void g(double *a, double *d) {
  __enzyme_autodiff((void *)f, enzyme_dup, a, d);
}
