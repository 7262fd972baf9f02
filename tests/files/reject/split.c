// ERROR: 28:15: error: Enzyme: `enzyme_primal_return` in a call of __enzyme_augmentfwd [RZ0009]
// ERROR: 29:15: error: Enzyme: `enzyme_allocated` without `enzyme_tape`: there is no memory to write the tape to [RZ0030]
// ERROR: 30:15: error: Enzyme: `enzyme_tape` without `enzyme_allocated`: the size of the memory is not known [RZ0030]
// ERROR: 31:15: error: Enzyme: the size after `enzyme_allocated` must be a constant, found `i32
// ERROR: 32:15: error: Enzyme: the tape of `f` takes 8 bytes, but 4 are given [RZ0030]
// TEXT: help: allocate what __enzyme_augmentsize returns
// ERROR: 33:15: error: Enzyme: cannot convert the derivative { ptr, double } of 16 bytes to the declared result double of 8 bytes [RZ0007]
// ERROR: 34:15: error: Enzyme: missing shadow for argument 0 of `f`, of type ptr [RZ0005]
// ERROR: 38:14: error: Enzyme: the tape of the reverse pass of `f` is missing [RZ0030]
// TEXT: help: pass the tape that __enzyme_augmentfwd returned last, even if it is null, or `enzyme_tape` and a pointer
// ERROR: 39:14: error: Enzyme: the seed of the reverse pass of `f` must be of type double, found `ptr
// ERROR: 40:14: error: Enzyme: cannot cast the seed of `f` from ptr to double [RZ0006]
// ERROR: 41:14: error: Enzyme: `enzyme_byref` gives a size of 4 bytes, but double has 8 [RZ0006]
// ERROR: 42:14: error: Enzyme: too many arguments for the reverse pass of `f`: `double 2.000000e+00` is extra [RZ0004]
// ERROR: 43:14: error: Enzyme: the tape of `f` takes 8 bytes, but 4 are given [RZ0030]
// TEXT: note: the last operand is a tape of type i32, passed by value
// ERROR: 47:13: error: Enzyme: too few arguments for `f`: 1 required, 0 found [RZ0003]
// ERROR: 48:13: error: Enzyme: too many arguments for `f`, which takes 1:
// ERROR: 49:16: error: Enzyme: the size of a tape is an integer, but the request is declared to return double [RZ0007]
extern int enzyme_dup, enzyme_const, enzyme_primal_return, enzyme_allocated, enzyme_tape, enzyme_byref;
double f(double *x) { return *x * *x; }
typedef struct { void *tape; double r; } TR;
TR __enzyme_augmentfwd(void *, ...); double __enzyme_augmentfwd_r(void *, ...);
void __enzyme_reverse(void *, ...);
int __enzyme_augmentsize(void *, ...); double __enzyme_augmentsize_d(void *, ...);
double forward(double *x, double *d, int n) {
  char b[64];
  return 0 != __enzyme_augmentfwd((void *)f, enzyme_primal_return, x, d).r +
              __enzyme_augmentfwd((void *)f, x, d, enzyme_allocated, 64).r +
              __enzyme_augmentfwd((void *)f, x, d, enzyme_tape, b).r +
              __enzyme_augmentfwd((void *)f, x, d, enzyme_allocated, n, enzyme_tape, b).r +
              __enzyme_augmentfwd_r((void *)f, x, d, enzyme_allocated, 4, enzyme_tape, b) +
              __enzyme_augmentfwd_r((void *)f, x, d) +
              __enzyme_augmentfwd((void *)f, x).r;
}
void reverse(double *x, double *d, void *tape) {
  float h = 1;
             __enzyme_reverse((void *)f, x, d);
             __enzyme_reverse((void *)f, x, d, tape);
             __enzyme_reverse((void *)f, x, d, tape, tape);
             __enzyme_reverse((void *)f, x, d, enzyme_byref, 4, &h, tape);
             __enzyme_reverse((void *)f, x, d, 1.0, 2.0, tape);
             __enzyme_reverse((void *)f, x, d, 1.0, enzyme_allocated, 64, 7);
}
double size(double *x) {
  int sum = 0;
  sum +=    __enzyme_augmentsize((void *)f);
  sum +=    __enzyme_augmentsize((void *)f, enzyme_dup, enzyme_const);
  return sum + __enzyme_augmentsize_d((void *)f, enzyme_dup);
}
