// ERROR: 6:8: error: Enzyme: an active float is computed with as an integer [RZ0015]
// TEXT: help: use the floating-point operation
union u { double d; long n; };
double f(union u *p) {
  p->d = p->d * p->d;
  p->n += 1;
  return p->d;
}
double __enzyme_autodiff(void *, ...);
double g(union u *p, union u *d) {
  return __enzyme_autodiff((void *)f, p, d);
}
