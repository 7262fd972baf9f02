// ERROR: error: Enzyme: malformed registration: `__enzyme_register_splitderivative_m` must be initialized with three functions: the primal, its augmented forward, its tangent with a tape [RZ0029]
// ERROR: error: Enzyme: `g_tan`, registered as the split derivative of `g`, does not fit it [RZ0029]
// TEXT: note: it is double (double)
// TEXT: help: it must take (double, double), then the tape if there is one
// ERROR: error: Enzyme: `p_aug`, registered as the augmented forward of `p`, does not fit it [RZ0029]
// TEXT: help: it must take (ptr, ptr)
// ERROR: error: Enzyme: `r_tan`, registered as the split derivative of `r`, does not fit it [RZ0029]
// TEXT: help: its last parameter must be the tape of 8 bytes
// ERROR: error: Enzyme: `n_tan`, registered as the split derivative of `n`, does not fit it [RZ0029]
// TEXT: help: it must return {double, double}, the result and its tangent
typedef struct { double a, b; } D2;
double m(double x) { return x; }
void *__enzyme_register_splitderivative_m[] = {(void *)m, (void *)m};
double g(double x) { return x * x; }
double g_aug(double x) { return x * x; }
double g_tan(double x) { return x; }
void *__enzyme_register_splitderivative_g[] = {(void *)g, (void *)g_aug, (void *)g_tan};
void p(double *x) { *x = 1; }
void p_aug(double *x) { *x = 1; }
void p_tan(double *x, double *dx) { *dx = 0; }
void *__enzyme_register_splitderivative_p[] = {(void *)p, (void *)p_aug, (void *)p_tan};
typedef struct { double t, r; } R;
double r(double x) { return x; }
R r_aug(double x) { return (R){x, x}; }
D2 r_tan(double x, double dx, double t, double u) { return (D2){x, dx * t * u}; }
void *__enzyme_register_splitderivative_r[] = {(void *)r, (void *)r_aug, (void *)r_tan};
double n(double x) { return x; }
double n_aug(double x) { return x; }
double n_tan(double x, double dx) { return dx; }
void *__enzyme_register_splitderivative_n[] = {(void *)n, (void *)n_aug, (void *)n_tan};
double __enzyme_autodiff(void *, ...);
double h(double x) { return __enzyme_autodiff((void *)g, x); }
