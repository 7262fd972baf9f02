// WARNING: 10:10: warning: Enzyme: argument 0 of `f` is a part of a struct that is passed in registers, and its shadow is another part of the same struct [RZ0028]
// TEXT: help: pass the shadows behind all arguments, after `enzyme_interleave`
typedef struct { double a, b; } Pair;
typedef struct { double v, d; } Dual;
extern int enzyme_dup, enzyme_interleave;
double __enzyme_fwddiff(void *, ...);
double f(Pair s) { return s.a * s.a + s.b; }
double h(double x, double y) { return x * y; }
double wrong(Pair s, Pair ds) {
  return __enzyme_fwddiff((void *)f, s, ds);
}
double right(Pair s, Pair ds) {
  return __enzyme_fwddiff((void *)f, enzyme_dup, s, enzyme_interleave, ds);
}
double duals(Dual x, Dual y) { return __enzyme_fwddiff((void *)h, x.v, x.d, y.v, y.d); }
double apart(Pair s, Pair ds) { return __enzyme_fwddiff((void *)f, s.a, ds.a, s.b, ds.b); }
