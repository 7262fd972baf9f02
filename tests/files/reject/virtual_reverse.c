// The shadow of a constant is made while compiling; of anything else it cannot be.
// FLAGS: -Wno-everything
// ERROR: 14:10: error: Enzyme: the shadow of `ptr` is not known: it is no constant [RZ0001]
// TEXT: help: pass the function or the table by name
// ERROR: 17:10: error: Enzyme: too few arguments: __enzyme_virtualreverse needs a function or a constant [RZ0003]
// TEXT: help: pass the function whose shadow is wanted
// ERROR: 20:10: error: Enzyme: too many arguments: __enzyme_virtualreverse takes one, and `i32 1` is left over [RZ0004]
// TEXT: help: ask for one shadow at a time
// ERROR: 23:10: error: Enzyme: no derivative for a call of outside: it has neither a body here nor a rule [RZ0011]
double square(double x) { return x * x; }
double outside(double x);
void *__enzyme_virtualreverse(); 
void *a(void *p) {
  return __enzyme_virtualreverse(p);
}
void *b(void) {
  return __enzyme_virtualreverse();
}
void *c(void) {
  return __enzyme_virtualreverse((void *)square, 1);
}
void *d(void) {
  return __enzyme_virtualreverse((void *)outside);
}
