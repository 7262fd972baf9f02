// ERROR: 13:10: error: Enzyme: this __enzyme_reverse of `f` does not go with any __enzyme_augmentfwd of `f` [RZ0030]
// TEXT: note: their markers or widths differ, so the tape would be misread
// ERROR: 19:10: error: Enzyme: this __enzyme_reverse of `h` does not go with any __enzyme_augmentfwd of `h` [RZ0030]
// TEXT: note: one of them keeps the tape in memory given by `enzyme_allocated`, the other does not
extern int enzyme_dup, enzyme_const, enzyme_allocated, enzyme_tape;
typedef struct { void *tape; double r; } TR;
TR __enzyme_augmentfwd(void *, ...); double __enzyme_augmentfwd_r(void *, ...);
void __enzyme_reverse(void *, ...);
double f(double *x, double *y) { return *x * *y; }
double h(double *x, double *y) { return *x * *y; }
void g(double *x, double *d, double *y) {
  TR t = __enzyme_augmentfwd((void *)f, enzyme_dup, x, d, enzyme_dup, y, d);
         __enzyme_reverse((void *)f, enzyme_dup, x, d, enzyme_const, y, 1.0, t.tape);
}
void k(double *x, double *d, double *y) {
  char b[64];
  *y = __enzyme_augmentfwd_r((void *)h, enzyme_dup, x, d, enzyme_const, y, enzyme_allocated, 64,
                             enzyme_tape, b);
         __enzyme_reverse((void *)h, enzyme_dup, x, d, enzyme_const, y, 1.0, b);
}
