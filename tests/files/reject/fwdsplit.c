// ERROR: 31:8: error: Enzyme: the tape of the tangent of `f` is missing [RZ0030]
// TEXT: help: pass the tape that __enzyme_augmentfwd returned last, even if it is null, or `enzyme_tape` and a pointer
// ERROR: 32:8: error: Enzyme: too many arguments for the tangent of `f`: `double 2.000000e+00` is extra [RZ0004]
// TEXT: help: pass the arguments with their tangents and the tape
// ERROR: 33:8: error: Enzyme: `enzyme_primal_return` in a call of __enzyme_fwdsplit [RZ0009]
// ERROR: 34:8: error: Enzyme: the tape of the tangent of `f` is null, but its augmented forward keeps values [RZ0030]
// ERROR: 23:36: error: Enzyme: __enzyme_fwdsplit is not supported yet where `k`, which has a registered derivative, is called [RZ0010]
// ERROR: 18:41: error: Enzyme: __enzyme_fwdsplit is not supported yet where an active function is called through a pointer [RZ0010]
// TEXT: help: use __enzyme_fwddiff
// ERROR: 37:8: error: Enzyme: `enzyme_out` on argument 0 of `f` in forward mode [RZ0009]
// ERROR: 38:8: error: Enzyme: no __enzyme_augmentfwd of `g` in this file writes the tape of this __enzyme_fwdsplit [RZ0030]
// TEXT: note: an augmented forward keeps what a tangent reads only where it sees that one is asked for
// ERROR: 39:8: error: Enzyme: no __enzyme_augmentfwd of `f` in this file writes the tape of this __enzyme_fwdsplit [RZ0030]
extern int enzyme_dup, enzyme_const, enzyme_primal_return, enzyme_allocated, enzyme_tape, enzyme_out;
double f(double *x) { double r = *x * *x; *x = 0; return r; }
double g(double *x) { double r = *x * *x; *x = 0; return r; }
typedef double (*F)(double);
double h(F q, double *x) { return *x * (q(*x)); }
double k(double x) { return x * x; }
typedef struct { double r, d; } D2;
D2 k_tangent(double x, double d) { return (D2){x * x, 2 * x * d}; }
void *__enzyme_register_derivative_k[2] = {(void *)k, (void *)k_tangent};
double u(double *x) { return *x * (k(*x)); }
typedef struct { void *tape; double r; } TR;
TR __enzyme_augmentfwd(void *, ...);
double __enzyme_fwdsplit(void *, ...);
TR good(double *x, double *d) { return __enzyme_augmentfwd((void *)f, x, d); }
double bad(double *x, double *d, void *tape) {
  char b[64];
  double s = 0;
  s += __enzyme_fwdsplit((void *)f, x, d);
  s += __enzyme_fwdsplit((void *)f, x, d, 2.0, tape);
  s += __enzyme_fwdsplit((void *)f, enzyme_primal_return, x, d, tape);
  s += __enzyme_fwdsplit((void *)f, x, d, (void *)0);
  s += __enzyme_fwdsplit((void *)u, x, d, tape);
  s += __enzyme_fwdsplit((void *)h, (void *)k, (void *)k, x, d, tape);
  s += __enzyme_fwdsplit((void *)f, enzyme_out, x, d, tape);
  s += __enzyme_fwdsplit((void *)g, x, d, tape);
  s += __enzyme_fwdsplit((void *)f, enzyme_allocated, 64, enzyme_tape, b, x, d);
  return s;
}
