// WARNING: 12:46: warning: Enzyme: active data is stored in the memory of constant argument 1 and read back without its derivative [RZ0028]
// WARNING: 12:46: warning: Enzyme: argument 1 of w is constant, so its registered gradient gets the pointer itself as its shadow [RZ0028]
// TEXT: help: make sure that the gradient does not write through a shadow that equals its primal
// WARNING: 12:46: warning: Enzyme: the derivative registered for w is not used where argument 1 is constant: it would get the pointer itself as its shadow [RZ0029]
double w(double x, const double *p) { return x * *p; }
double w_aug(double x, const double *p, double *dp) { return x * *p; }
double w_rev(double x, const double *p, double *dp, double d) { return d; }
void *__enzyme_register_gradient_w[] = {(void *)w, (void *)w_aug, (void *)w_rev};
typedef struct { double value, tangent; } pair;
pair w_fwd(double x, double dx, const double *p, double *dp) { return (pair){x, dx}; }
void *__enzyme_register_derivative_w[] = {(void *)w, (void *)w_fwd};
double f(double x, const double *p) { return w(x, p); }
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
extern int enzyme_const;
double g(double x, double *p) { return __enzyme_autodiff((void *)f, x, enzyme_const, p); }
double h(double x, double *p) { return __enzyme_fwddiff((void *)f, x, 1.0, enzyme_const, p); }
