// What the checklist of the convention says is refused, an item a function; item 11 is how: with a place, the prefix, a code.
// ERROR: 30:10: error: Enzyme: cannot determine which function to differentiate from `ptr` [RZ0001]
// ERROR: 33:10: error: Enzyme: the body of `undefined` is not available [RZ0002]
// ERROR: 36:10: error: Enzyme: unknown marker `enzyme_dupe` in a call of __enzyme_autodiff [RZ0008]
// ERROR: 39:10: error: Enzyme: too many arguments for `square`, which takes 1: `double` is extra [RZ0004]
// ERROR: 42:10: error: Enzyme: missing shadow for argument 0 of `of_memory`, of type ptr [RZ0005]
// ERROR: 45:10: error: Enzyme: cannot convert the derivative double of 8 bytes to the declared result float of 4 bytes [RZ0007]
// ERROR: 48:10: error: Enzyme: `enzyme_primal_return` on `nothing`, which returns nothing [RZ0009]
// ERROR: 51:10: error: Enzyme: the tape of `of_memory` takes 16 bytes, but 1 are given [RZ0030]
// ERROR: 54:10: error: Enzyme: the tape of the reverse pass of `square` is missing [RZ0030]
// ERROR: 57:10: error: Enzyme: the shadow of `ptr` is not known: it is no constant [RZ0001]
// ERROR: 60:10: error: Enzyme: `enzyme_const` has no meaning in __enzyme_batch, which differentiates nothing [RZ0009]
extern int enzyme_const, enzyme_dupe, enzyme_width, enzyme_allocated, enzyme_tape, enzyme_primal_return, enzyme_vector;
typedef struct { double a, b; } D2;
typedef struct { void *tape; double r; } Tape;
double __enzyme_autodiff(void *, ...);
D2 __enzyme_autodiff_two(void *, ...);
float __enzyme_autodiff_float(void *, ...);
double __enzyme_fwddiff(void *, ...);
double __enzyme_augmentfwd(void *, ...);
double __enzyme_reverse(void *, ...);
D2 __enzyme_batch(void *, ...);
void *__enzyme_virtualreverse(void *);
double square(double x) { return x * x; }
double of_memory(double *x) { x[0] *= x[1]; return x[0] * x[0]; }
void nothing(double *x) { *x *= *x; }
double undefined(double x);

double item_2(double (*f)(double), double x) {
  return __enzyme_autodiff((void *)f, x);
}
double item_2_body(double x) {
  return __enzyme_autodiff((void *)undefined, x);
}
double item_3(double x) {
  return __enzyme_autodiff((void *)square, enzyme_dupe, x);
}
double item_3_text(double x) {
  return __enzyme_autodiff((void *)square, "enzyme_const", x);
}
double item_4(double *x) {
  return __enzyme_autodiff((void *)of_memory, x);
}
double item_5(double x) {
  return __enzyme_autodiff_float((void *)square, x);
}
double item_6(double *x, double *d) {
  return __enzyme_fwddiff((void *)nothing, enzyme_primal_return, x, d);
}
double item_7(double *x, double *d, void *tape) {
  return __enzyme_augmentfwd((void *)of_memory, x, d, enzyme_allocated, 1, enzyme_tape, tape);
}
double item_7_tape(double x) {
  return __enzyme_reverse((void *)square, x, 1.0);
}
void *item_8(void *f) {
  return __enzyme_virtualreverse(f);
}
double item_9(double x, double y) {
  return __enzyme_batch((void *)square, enzyme_width, 2, enzyme_const, x, y).a;
}
