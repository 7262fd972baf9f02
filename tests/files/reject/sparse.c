// ERROR: error: Enzyme: `sink` is registered to take sparse derivatives, which are not supported yet [RZ0010]
// TEXT: help: take the derivative in memory of full size, or several directions at once
double __enzyme_autodiff(void *, ...);
__attribute__((noinline)) void sink(long i, long j, double v) { (void)i, (void)j, (void)v; }
void *__enzyme_sparse_accumulate_sink = (void *)sink;
double f(double x) { return x * x; }
double g(double x) { return __enzyme_autodiff((void *)f, x); }
