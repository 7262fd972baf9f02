// ERROR: error: Enzyme: `g_rev`, registered as the gradient of `g`, does not fit it [RZ0029]
// TEXT: note: it is double (double)
// TEXT: help: it must take (double, double), then the tape if there is one
// ERROR: error: Enzyme: `p_aug`, registered as the augmented forward of `p`, does not fit it [RZ0029]
// TEXT: note: it is void (ptr)
// TEXT: help: it must take (ptr, ptr)
// ERROR: error: Enzyme: `t_aug`, registered as the augmented forward of `t`, does not fit it [RZ0029]
// TEXT: help: it must return {tape, double}, and a third field, the shadow, when that is a pointer: the gradient takes a tape
// ERROR: error: Enzyme: `n_rev`, registered as the gradient of `n`, does not fit it [RZ0029]
// TEXT: help: it must return the derivatives (double)
// ERROR: error: Enzyme: `q_fwd`, registered as the derivative of `q`, does not fit it [RZ0029]
// TEXT: note: it is double (double, double)
// TEXT: help: it must take (double, double) and return {double, double}, the result and its tangent
double g(double x) { return x * x; }
double g_aug(double x) { return x * x; }
double g_rev(double x) { return x; }
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g_aug, (void *)g_rev};
void p(double *x) { *x = 1; }
void p_aug(double *x) { *x = 1; }
void p_rev(double *x, double *dx) { *dx = 0; }
void *__enzyme_register_gradient_p[] = {(void *)p, (void *)p_aug, (void *)p_rev};
double t(double x) { return x; }
double t_aug(double x) { return x; }
double t_rev(double x, double d, void *tape) { return d; }
void *__enzyme_register_gradient_t[] = {(void *)t, (void *)t_aug, (void *)t_rev};
double n(double x) { return x; }
double n_aug(double x) { return x; }
void n_rev(double x, double d) {}
void *__enzyme_register_gradient_n[] = {(void *)n, (void *)n_aug, (void *)n_rev};
double q(double x) { return x; }
double q_fwd(double x, double dx) { return dx; }
void *__enzyme_register_derivative_q[] = {(void *)q, (void *)q_fwd};
double f(double x) { return g(x); }
double __enzyme_autodiff(void *, ...);
double h(double x) { return __enzyme_autodiff((void *)f, x); }
