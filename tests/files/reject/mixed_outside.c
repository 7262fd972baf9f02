// ERROR: 8:11: error: Enzyme: a pointer that may point to inactive memory is returned or stored in memory with a shadow [RZ0027]
// TEXT: note: its shadow is the pointer itself
extern int enzyme_const;
struct view {
  double *data;
};
double f(struct view *v, double *b, int c) {
  v->data = b;
  return v->data[c] * v->data[0];
}
void __enzyme_autodiff(void *, ...);
void g(struct view *v, struct view *d, double *b) {
  __enzyme_autodiff((void *)f, v, d, enzyme_const, b, 1);
}
