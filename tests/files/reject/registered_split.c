// ERROR: 23:8: error: Enzyme: the tape of the split derivative registered for `k` is read by no gradient [RZ0029]
// TEXT: note: __enzyme_fwdsplit reads the same tape in this file, so its augmented forward is used
// TEXT: help: register a gradient of `k` with the same augmented forward
// ERROR: 24:10: error: Enzyme: `w` has a registered derivative, which carries one direction at a time [RZ0010]
// ERROR: 25:8: error: Enzyme: `w` has a registered derivative, which carries one direction at a time [RZ0010]
typedef struct { double a, b; } D2;
double k(double x) { return x * x; }
double k_aug(double x) { return x * x; }
D2 k_tan(double x, double dx) { return (D2){x * x, 2 * x * dx}; }
void *__enzyme_register_splitderivative_k[] = {(void *)k, (void *)k_aug, (void *)k_tan};
typedef struct { void *t; double r; } TR;
double w(double x) { return x * x; }
TR w_aug(double x) { return (TR){0, x * x}; }
D2 w_tan(double x, double dx, void *t) { return (D2){x * x, 2 * x * dx}; }
void *__enzyme_register_splitderivative_w[] = {(void *)w, (void *)w_aug, (void *)w_tan};
double f(double x) { return k(x) + 1; }
extern int enzyme_width;
TR __enzyme_augmentfwd(void *, ...);
double __enzyme_fwdsplit(void *, ...), __enzyme_reverse(void *, ...);
D2 __enzyme_fwdsplit_2(void *, ...);
double bad(double x, void *tape) {
  double s = __enzyme_fwdsplit((void *)f, x, 1.0, __enzyme_augmentfwd((void *)f, x).t);
  s += __enzyme_reverse((void *)f, x, 1.0, tape);
  TR t = __enzyme_augmentfwd((void *)w, enzyme_width, 2, x);
  s += __enzyme_fwdsplit_2((void *)w, enzyme_width, 2, x, 1.0, 2.0, t.t).a;
  return s;
}
