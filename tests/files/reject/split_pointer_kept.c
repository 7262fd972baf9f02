// ERROR: 23:35: error: Enzyme: a call through a pointer cannot be undone several times [RZ0010]
// TEXT: note: in function apply
// TEXT: help: write both halves in one file, without `enzyme_nofree`
// ERROR: 23:35: error: Enzyme: a call through a pointer cannot be undone several times [RZ0010]
// The tape of the call is released when the call is undone.
extern int enzyme_dup, enzyme_nofree;
struct half {
  void *tape;
  double result;
};
struct half __enzyme_augmentfwd(void *, ...);
double __enzyme_reverse(void *, ...);
struct node {
  double (*f)(double, double);
  double v;
};
static double add(double a, double b) { return a + b; }
static double multiply(double a, double b) { return a * b; }
double apply(double *x, int n) {
  struct node nodes[4];
  double s = 1;
  for (int i = 0; i < n; i++) nodes[i] = (struct node){i % 2 ? add : multiply, x[i]};
  for (int i = 0; i < n; i++) s = nodes[i].f(s, nodes[i].v); return s; }
void twice(double *x, double *d, int n) { struct half h = __enzyme_augmentfwd((void *)apply, x, d, n);
  __enzyme_reverse((void *)apply, enzyme_nofree, x, d, n, 1.0, h.tape);
}
