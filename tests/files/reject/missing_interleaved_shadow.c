// ERROR: 6:3: error: Enzyme: missing shadow for argument 1 of `f`, of type ptr [RZ0005]
extern int enzyme_dup, enzyme_interleave;
void f(double *x, double *y) { *y = *x * *x; }
void __enzyme_autodiff(void *, ...);
void g(double *x, double *y, double *d) {
  __enzyme_autodiff((void *)f, enzyme_dup, x, enzyme_dup, y, enzyme_interleave, d);
}
