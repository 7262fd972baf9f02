// ERROR: 7:22: error: Enzyme: cannot convert the derivative [3 x double] of 24 bytes to the declared result { double, double } of 16 bytes [RZ0007]
struct two { double a, b; };
double f(double x) { return x * x; }
extern int enzyme_width;
struct two __enzyme_fwddiff(void *, ...);
void g(double x, struct two *r) {
  struct two value = __enzyme_fwddiff((void *)f, enzyme_width, 3, x, 1.0, 2.0, 3.0);
  *r = value;
}
