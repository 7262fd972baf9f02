// ERROR: error: Enzyme: malformed registration: `__enzyme_register_gradient_a` must be initialized with three functions: the primal, its augmented forward, its gradient [RZ0029]
// TEXT: help: write it as a constant array or struct
// ERROR: error: Enzyme: malformed registration: `__enzyme_function_like_c` must be initialized with a function and a name [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_function_like_d` must be initialized with a function and a name [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_allocation_like_e` must be initialized with an allocator, the index of its size, a list of arguments, a deallocator [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_inactivefn_f` must be initialized with a function [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_inactive_global_g` must be initialized with the address of a variable [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_register_gradient_h` must be initialized with strings `byref_<n>` after the functions [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_register_splitderivative_i` must be initialized with three functions: the primal, its augmented forward, its tangent with a tape [RZ0029]
// ERROR: error: Enzyme: malformed registration: `__enzyme_register_derivative_b` must be initialized with a constant, but it has no initializer [RZ0029]
double __enzyme_autodiff(void *, ...);
double f(double x) { return x * x; }
double like(double x) { return x; }
void *get(unsigned long n) { (void)n; return 0; }
int number = 3;
void *__enzyme_register_gradient_a[3] = {(void *)f, (void *)&number, (void *)f};
extern void *__enzyme_register_derivative_b[2];
void *__enzyme_function_like_c[2] = {(void *)like, (void *)""};
void *__enzyme_function_like_d[1] = {(void *)like};
void *__enzyme_allocation_like_e[2] = {(void *)get, (void *)0};
void *__enzyme_inactivefn_f[1] = {(void *)&number};
void *__enzyme_inactive_global_g[1] = {(void *)f};
void *__enzyme_register_gradient_h[4] = {(void *)f, (void *)f, (void *)f, (void *)"byref_x"};
void *__enzyme_register_splitderivative_i[2] = {(void *)f, (void *)f};
double g(double x) { return __enzyme_autodiff((void *)f, x) + (__enzyme_register_derivative_b[0] != 0); }
