// FLAGS: -mllvm -ribozyme-inactive-globals=0
// ERROR: 10:29: error: Enzyme: the global where needs a shadow [RZ0023]
// TEXT: note: it holds pointers, whose shadows are not known here
// TEXT: help: name one with enzyme_shadow, or mark the global enzyme_inactive
// ERROR: 7:23: error: Enzyme: the global where needs a shadow [RZ0023]
extern double *where;
double f(double x) { *where = x; return *where * x; }
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
double g(double x) { return __enzyme_autodiff((void *)f, x); }
double h(double x) { return __enzyme_fwddiff((void *)f, x, 1.0); }
