// ERROR: 5:29: error: Enzyme: __enzyme_call_inactive calls `f` as double (i32), but it is double (double) [RZ0006]
// TEXT: help: declare the request with the parameters and the result of the function
double __enzyme_call_inactive(void *, ...);
double f(double x) { return x; }
double g(double x) { return __enzyme_call_inactive((void *)f, 1); }
