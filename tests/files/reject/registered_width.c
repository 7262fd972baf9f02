// ERROR: error: Enzyme: `g` has a registered derivative, which carries one direction at a time [RZ0010]
// TEXT: help: make one request for each direction
// ERROR: error: Enzyme: `g` has a registered derivative, which carries one direction at a time [RZ0010]
double g(double x) { return x * x; }
double g_aug(double x) { return x * x; }
double g_rev(double x, double d) { return d; }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_aug, (void *)g_rev};
typedef struct { double a, b; } pair;
typedef struct { double a, b, c; } triple;
pair g_fwd(double x, double dx) { return (pair){x, dx}; }
void *__enzyme_register_derivative_g[] = {(void *)g, (void *)g_fwd};
double f(double x) { return g(x); }
extern int enzyme_width;
triple __enzyme_autodiff(void *, ...);
triple __enzyme_fwddiff(void *, ...);
double h(double x) { return __enzyme_autodiff((void *)f, enzyme_width, 3, x).a; }
double k(double x) { return __enzyme_fwddiff((void *)f, enzyme_width, 3, x, 1.0, 2.0, 3.0).a; }
