// ERROR: error: Enzyme: malformed registration: `__enzyme_register_gradient_g` must be initialized with three functions: the primal, its augmented forward, its gradient [RZ0029]
// TEXT: help: write it as a constant array or struct
// ERROR: error: Enzyme: malformed registration: `__enzyme_register_derivative_g` must be initialized with two functions: the primal and its tangent [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_inactivefn_g` must be initialized with a function [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_inactive_global_g` must be initialized with the address of a variable [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_function_like_g` must be initialized with a function and a name [RZ0029]
double g(double x) { return x * x; }
double other;
void *__enzyme_register_gradient_g[] = {(void *)g, (void *)g};
void *__enzyme_register_derivative_g[] = {(void *)g, &other};
void *__enzyme_inactivefn_g[] = {&other};
void *__enzyme_inactive_global_g[] = {(void *)g};
void *__enzyme_function_like_g[] = {(void *)g, ""};
double f(double x) { return g(x); }
double __enzyme_autodiff(void *, ...);
double h(double x) { return __enzyme_autodiff((void *)f, x); }
