// ERROR: 21:8: error: Enzyme: __enzyme_error_estimate is not supported yet [RZ0010]
// TEXT: help: take the derivative with __enzyme_fwddiff and multiply it with the error of the input
// ERROR: 22:8: error: Enzyme: __enzyme_likelihood is not supported yet [RZ0010]
// ERROR: 23:8: error: Enzyme: __enzyme_trace is not supported yet [RZ0010]
// ERROR: 24:8: error: Enzyme: __enzyme_condition is not supported yet [RZ0010]
// ERROR: 25:17: error: Enzyme: __enzyme_truncate_op_func is not supported yet [RZ0010]
// TEXT: help: write the function a second time in the narrower type
// ERROR: 26:17: error: Enzyme: __enzyme_truncate_mem_func is not supported yet [RZ0010]
// ERROR: 27:8: error: Enzyme: __enzyme_truncate_mem_value is not supported yet [RZ0010]
// ERROR: 28:8: error: Enzyme: __enzyme_expand_mem_value is not supported yet [RZ0010]
// ERROR: 29:17: error: Enzyme: __enzyme_todense is not supported yet [RZ0010]
// TEXT: help: take the derivative in memory of full size, or several directions at once
// ERROR: 30:17: error: Enzyme: __enzyme_post_sparse_todense is not supported yet [RZ0010]
double f(double x) { return x * x; }
double __enzyme_error_estimate(void *, ...), __enzyme_likelihood(void *, ...);
double __enzyme_trace(void *, ...), __enzyme_condition(void *, ...);
void *__enzyme_truncate_op_func(void *, ...), *__enzyme_truncate_mem_func(void *, ...);
double __enzyme_truncate_mem_value(double, ...), __enzyme_expand_mem_value(double, ...);
void *__enzyme_todense(void *, ...), *__enzyme_post_sparse_todense(void *, ...);
double g(double x) {
  x += __enzyme_error_estimate((void *)f, x, 0.0);
  x += __enzyme_likelihood((void *)f, x);
  x += __enzyme_trace((void *)f, x);
  x += __enzyme_condition((void *)f, x);
  x += 0 != (   __enzyme_truncate_op_func((void *)f, 64, 32));
  x += 0 != (   __enzyme_truncate_mem_func((void *)f, 64, 32));
  x += __enzyme_truncate_mem_value(x, 64, 32);
  x += __enzyme_expand_mem_value(x, 64, 32);
  x += 0 != (   __enzyme_todense((void *)f, (void *)f, x));
  x += 0 != (   __enzyme_post_sparse_todense((void *)f, (void *)f, x));
  return x;
}
