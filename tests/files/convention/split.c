// Worked examples of the convention, reverse mode in two halves. `split.out` is what it prints.
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
extern int enzyme_dup, enzyme_const, enzyme_out, enzyme_dupnoneed, enzyme_interleave, enzyme_allocated, enzyme_tape,
    enzyme_nofree, enzyme_noret, enzyme_byref, enzyme_not_overwritten, enzyme_const_return;
typedef struct { double a, b; } D2; typedef struct { double a, b, c; } D3;
typedef struct { void *tape; double r; } TR; typedef struct { void *tape; D3 r; } TD3;
typedef struct { void *tape; D2 r; } TD2; typedef struct { void *tape; double *r, *d; } TP;
typedef struct { double *r, *d; } PD; typedef struct { char bytes[256]; } Buffer;
TR __enzyme_augmentfwd(void *, ...); void *__enzyme_augmentfwd_tape(void *, ...); double __enzyme_augmentfwd_r(void *, ...);
TD3 __enzyme_augmentfwd_3(void *, ...); TD2 __enzyme_augmentfwd_2(void *, ...); TP __enzyme_augmentfwd_p(void *, ...);
PD __enzyme_augmentfwd_pd(void *, ...); D3 __enzyme_augmentfwd_d3(void *, ...); void __enzyme_augmentfwd_v(void *, ...);
double __enzyme_reverse(void *, ...); void __enzyme_reverse_v(void *, ...); D2 __enzyme_reverse_2(void *, ...);
int __enzyme_augmentsize(void *, ...); size_t __enzyme_augmentsize_l(void *, ...);
double cube(double x) { return x * x * x; }
double xxy(double x, double y) { return x * x * y; }
double f28(double *x) { x[0] = sin(x[0]); x[1] = x[0] * x[1]; return x[1] * x[1]; }
void inplace(double *x, int n) { for (int i = 0; i < n; i++) x[i] *= x[i]; }
double chain(double *x, int n) { double s = 1; for (int i = 0; i < n; i++) { s *= sin(x[i]) + s; x[i] = s; } return s; }
D3 f13(double x) { D3 r = {x * x, 3 * x, x}; return r; }
D2 f12(double x) { D2 r = {x * x, 3 * x}; return r; }
double *ptr(double *x) { *x *= *x; return x; }
double list(double *x, int n) { // memory of its own, found initialized
  double *s = calloc(n, sizeof *s), sum = 0;
  for (int r = 0; r < 3; r++) for (int i = 0; i < n; i++) s[i] = s[i] * s[i] + x[i];
  for (int i = 0; i < n; i++) sum += s[i];
  free(s);
  return sum;
}
double dot(const double *x, const double *y, int n) { double s = 0; for (int i = 0; i < n; i++) s += x[i] * y[i]; return s; }
double sq1(double x) { return x; }
__attribute__((noinline)) void clobber(void) { volatile char below[1 << 16]; for (unsigned i = 0; i < sizeof below; i++) below[i] = (char)0xfe; }
int main(int argc, char **argv) {
  { TR t = __enzyme_augmentfwd((void *)cube, 3.0); printf("27 %g %g\n", t.r, __enzyme_reverse((void *)cube, 3.0, 2.0, t.tape)); }
  { double x[2] = {1, 2}, d[2] = {0, 0}; char buf[64];
    double r = __enzyme_augmentfwd_r((void *)f28, enzyme_dup, x, d, enzyme_allocated, 64, enzyme_tape, buf);
    x[0] = x[1] = 100;
    __enzyme_reverse_v((void *)f28, enzyme_dup, x, d, enzyme_allocated, 64, enzyme_tape, buf);
    printf("28 %g %g %g\n", r, d[0], d[1]); }
  { double x[2] = {1, 2}, d[2] = {0, 0}; char buf[65]; // at an odd address, with a seed
    __enzyme_augmentfwd_r((void *)f28, enzyme_dup, x, d, enzyme_allocated, 64, enzyme_tape, buf + 1);
    __enzyme_reverse_v((void *)f28, enzyme_dup, x, d, 10.0, enzyme_allocated, 64, enzyme_tape, buf + 1);
    printf("28 seed %g %g\n", d[0], d[1]); }
  { int n = __enzyme_augmentsize((void *)f28, enzyme_dup); double x[2] = {1, 2}, d[2];
    printf("29 %d %d\n", 0 < n && n <= 64, n == (int)__enzyme_augmentsize_l((void *)f28, x, d));
    printf("29 nothing %d\n", __enzyme_augmentsize((void *)sq1, enzyme_out)); }
  { // the size as storage
    size_t n = __enzyme_augmentsize_l((void *)chain, enzyme_dup, enzyme_const); char *buf = malloc(n);
    double x[3] = {.1, .2, .3}, d[3] = {0};
    double r = __enzyme_augmentfwd_r((void *)chain, x, d, 3, enzyme_allocated, n, enzyme_tape, buf);
    memset(x, 0xff, sizeof x); clobber();
    __enzyme_reverse_v((void *)chain, x, d, 3, enzyme_allocated, n, enzyme_tape, buf);
    printf("sized %g %g %g %g\n", r, d[0], d[1], d[2]); free(buf); }
  { // by value, and by the size marked
    double x[2] = {1, 2}, d[2] = {0, 0}; Buffer b;
    __enzyme_augmentfwd_r((void *)f28, x, d, enzyme_allocated, sizeof b, enzyme_tape, &b);
    __enzyme_reverse_v((void *)f28, x, d, enzyme_allocated, sizeof b, 1.0, b);
    printf("by value %g %g\n", d[0], d[1]); }
  { // several alive, consumed in any order, each again under nofree
    double x[4][5], d[4][5]; TR t[4]; int order[4] = {2, 0, 3, 1};
    for (int k = 0; k < 4; k++) { for (int i = 0; i < 5; i++) x[k][i] = .1 * (i + 1) + k, d[k][i] = 0;
      t[k] = __enzyme_augmentfwd((void *)chain, x[k], d[k], 5); memset(x[k], 0xff, sizeof x[k]); clobber(); }
    for (int k = 0; k < 4; k++) { int j = order[k];
      __enzyme_reverse((void *)chain, x[j], d[j], 5, 1.0, t[j].tape, enzyme_nofree); double once = d[j][0]; memset(d[j], 0, sizeof d[j]);
      __enzyme_reverse((void *)chain, x[j], d[j], 5, 2.0, t[j].tape);
      printf("order %d %.5g %.5g %d %.5g\n", j, t[j].r, once, d[j][0] == 2 * once, d[j][4]); } }
  { double x[3] = {1, 2, 3}, d[3] = {0}; TR t = __enzyme_augmentfwd((void *)list, x, d, 3);
    __enzyme_reverse((void *)list, x, d, 3, 1.0, t.tape, enzyme_nofree); double once = d[1]; d[1] = 0;
    __enzyme_reverse((void *)list, x, d, 3, 1.0, t.tape); printf("again %g %g %g\n", t.r, once, d[1]); }
  { D3 d = {1, 10, 100}; TD3 q = __enzyme_augmentfwd_3((void *)f13, &d, 3.0);
    double g = __enzyme_reverse((void *)f13, &d, 3.0, q.tape); printf("sret %g %g %g: %g %g\n", q.r.a, q.r.b, q.r.c, g, d.a); }
  { D3 d = {1, 10, 100}; char b[64]; D3 q = __enzyme_augmentfwd_d3((void *)f13, &d, 3.0, enzyme_allocated, 64, enzyme_tape, b);
    double g = __enzyme_reverse((void *)f13, &d, 3.0, enzyme_allocated, 64, enzyme_tape, b); printf("sret %g %g\n", q.b, g); }
  { D2 s = {1, 10}; TD2 q = __enzyme_augmentfwd_2((void *)f12, 3.0);
    printf("struct %g %g:", q.r.a, q.r.b); printf(" %g", __enzyme_reverse((void *)f12, 3.0, s, q.tape));
    q = __enzyme_augmentfwd_2((void *)f12, 3.0); printf(" %g\n", __enzyme_reverse((void *)f12, 3.0, enzyme_byref, sizeof s, &s, q.tape)); }
  { double x = 3, d = 0; TP q = __enzyme_augmentfwd_p((void *)ptr, &x, &d); printf("pointer %d %d %g", q.r == &x, q.d == &d, x);
    d = 1; x = 77; __enzyme_reverse_v((void *)ptr, &x, &d, q.tape); printf(" %g\n", d); }
  { double x = 3, d = 0; char b[64]; PD q = __enzyme_augmentfwd_pd((void *)ptr, &x, &d, enzyme_allocated, 64, enzyme_tape, b);
    *q.d = 1; x = 77; __enzyme_reverse_v((void *)ptr, &x, &d, enzyme_allocated, 64, enzyme_tape, b); printf("members %d %g\n", q.r == &x, d); }
  { double x = 3, d = 0; void *q = __enzyme_augmentfwd_tape((void *)ptr, enzyme_noret, &x, &d);
    d = 1; x = 77; __enzyme_reverse_v((void *)ptr, enzyme_noret, &x, &d, q); printf("noret %g\n", d); }
  { double x[2] = {3, 4}, d[2] = {1, 1}; void *q = __enzyme_augmentfwd_tape((void *)inplace, x, d, 2); x[0] = 9;
    __enzyme_reverse_v((void *)inplace, x, d, 2, q); printf("void %g %g %g\n", x[1], d[0], d[1]); }
  { double x[2] = {3, 4}, d[2] = {1, 1}, b[256]; __enzyme_augmentfwd_v((void *)inplace, x, d, 2, enzyme_allocated, sizeof b, enzyme_tape, b);
    __enzyme_reverse_v((void *)inplace, x, d, 2, enzyme_allocated, sizeof b, enzyme_tape, b); printf("void %g %g\n", d[0], d[1]); }
  { TR q = __enzyme_augmentfwd((void *)xxy, enzyme_const, 3.0, enzyme_out, 5.0); double g = __enzyme_reverse((void *)xxy, enzyme_const, 3.0, enzyme_out, 5.0, 1.0, q.tape);
    q = __enzyme_augmentfwd((void *)xxy, 3.0, 5.0); D2 h = __enzyme_reverse_2((void *)xxy, 3.0, 5.0, 1.0, q.tape); printf("outs %g: %g %g\n", g, h.a, h.b); }
  { TR q = __enzyme_augmentfwd((void *)xxy, enzyme_const_return, 3.0, 5.0); D2 h = __enzyme_reverse_2((void *)xxy, enzyme_const_return, 3.0, 5.0, q.tape);
    printf("const return %g: %g %g\n", q.r, h.a, h.b); }
  { // what is promised not to change is read again: y must be, x may change
    double x[2] = {3, 4}, y[2] = {5, 6}, d[2] = {0}, e[2] = {0};
    TR q = __enzyme_augmentfwd((void *)dot, enzyme_dup, x, d, enzyme_not_overwritten, enzyme_dup, y, e, 2); x[0] = x[1] = 99;
    __enzyme_reverse((void *)dot, enzyme_dup, x, d, enzyme_not_overwritten, enzyme_dup, y, e, 2, 1.0, q.tape);
    printf("overwritten %g: %g %g %g %g %d\n", q.r, d[0], d[1], e[0], e[1],
           __enzyme_augmentsize((void *)dot, enzyme_not_overwritten, enzyme_dup, enzyme_not_overwritten, enzyme_dup, enzyme_const) <=
               __enzyme_augmentsize((void *)dot, enzyme_dup, enzyme_dup, enzyme_const)); }
  { double x[2] = {1, 2}, d[2] = {0, 0}; TR q = __enzyme_augmentfwd((void *)f28, enzyme_dup, x, enzyme_interleave, d);
    __enzyme_reverse((void *)f28, enzyme_dup, x, enzyme_interleave, d, 1.0, q.tape); printf("interleave %g %g\n", d[0], d[1]); }
  { TR q = __enzyme_augmentfwd((void *)(argc > 1 ? sq1 : cube), 3.0); printf("choice %g", q.r);
    printf(" %g\n", __enzyme_reverse((void *)(argc > 1 ? sq1 : cube), 3.0, 1.0, q.tape)); }
  return 0;
}
