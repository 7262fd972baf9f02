// ERROR: 19:10: error: Enzyme: the size after `enzyme_byref` must be a constant, found `i32
// TEXT: help: write `enzyme_byref, N` with a constant number of bytes N
// ERROR: 22:10: error: Enzyme: `enzyme_byref` gives a size of 4 bytes, but double has 8 [RZ0006]
// TEXT: help: write the size of the type that is wanted
// ERROR: 25:10: error: Enzyme: `enzyme_byref` is followed by double, not by a pointer [RZ0006]
// TEXT: help: pass the address of the value
// ERROR: 28:10: error: Enzyme: the size after `enzyme_byref` is missing [RZ0009]
// ERROR: 32:3: error: Enzyme: `enzyme_primal_return` on `store`, which returns nothing [RZ0009]
// TEXT: help: remove the marker
extern int enzyme_byref, enzyme_primal_return;
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...), __enzyme_reverse(void *, ...);
struct half { void *tape; double result; };
struct half __enzyme_augmentfwd(void *, ...);

double f(double x) { return x * x; }
void store(double *x) { *x *= *x; }

double variable_size(int n, double *seed, void *tape) {
  return __enzyme_reverse((void *)f, 2.0, enzyme_byref, n, seed, tape);
}
double wrong_size(double *x) {
  return __enzyme_autodiff((void *)f, enzyme_byref, 4, x);
}
double no_pointer(void *tape) {
  return __enzyme_reverse((void *)f, 2.0, enzyme_byref, 8, 1.0, tape);
}
double no_size(void) {
  return __enzyme_reverse((void *)f, 2.0, enzyme_byref);
}
// Forward mode, too, has nothing to return.
void nothing(double *x, double *d) {
  __enzyme_fwddiff((void *)store, enzyme_primal_return, x, d);
}
