// ERROR: 4:45: error: Enzyme: an active call through a pointer whose target is not known [RZ0019]
// TEXT: help: call the function directly
struct node { double (*call)(struct node *, double); };
double f(struct node *n, double x) { return n->call(n, x) * x; }
double __enzyme_autodiff(void *, ...);
double g(struct node *n, struct node *d, double x) {
  return __enzyme_autodiff((void *)f, n, d, x);
}
