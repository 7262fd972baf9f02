// ERROR: error: Enzyme: `g` has a registered derivative, which carries one direction at a time [RZ0010]
// TEXT: note: argument 0 may lead to memory that the rule changes, so it cannot run once more for each direction
// TEXT: help: make one request for each direction
// ERROR: error: Enzyme: `g` has a registered derivative, which carries one direction at a time [RZ0010]
// ERROR: error: Enzyme: `t` has a registered derivative, which carries one direction at a time [RZ0010]
// TEXT: note: its tape may lead to memory, which need not be as before when it is read for the next direction
typedef struct { double a, b; } pair;
typedef struct { double a, b, c; } triple;
void g(double *x) { *x *= *x; }
void g_aug(double *x, double *d) { *x *= *x; }
void g_rev(double *x, double *d) { }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_aug, (void *)g_rev};
void g_fwd(double *x, double *d) { *x *= *x; }
void *__enzyme_register_derivative_g[] = {(void *)g, (void *)g_fwd};
double t(double x) { return x * x; }
typedef struct { void *tape; double r; } taped;
taped t_aug(double x) { return (taped){0, x * x}; }
double t_rev(double x, double d, void *tape) { return d; }
void *__enzyme_register_gradient_t[] = {(void *)t, (void *)t_aug, (void *)t_rev};
double f(double x) { g(&x); return x; }
double u(double x) { return t(x); }
extern int enzyme_width;
triple __enzyme_autodiff(void *, ...);
triple __enzyme_fwddiff(void *, ...);
double h(double x) { return __enzyme_autodiff((void *)f, enzyme_width, 3, x).a; }
double k(double x) { return __enzyme_fwddiff((void *)f, enzyme_width, 3, x, 1.0, 2.0, 3.0).a; }
double l(double x) { return __enzyme_autodiff((void *)u, enzyme_width, 3, x).a; }
