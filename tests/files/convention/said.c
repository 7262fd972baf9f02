// What sources say by calls and attributes: hints, inactive calls, inactive arguments and results,
// repeated calls. `said.out` is what it prints.
#include <math.h>
#include <stdio.h>
#include <string.h>
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
void __enzyme_autodiff_void(void *, ...);
void __enzyme_fwddiff_void(void *, ...);
void __enzyme_double(void *, long);
void __enzyme_double_one(void *);
void __enzyme_float(void *, int);
void __enzyme_float_all(void *, ...);
void __enzyme_integer(void *, ...);
void __enzyme_pointer(void *, long);
double __enzyme_call_inactive(void *, ...);
int __enzyme_iter(int, ...);
int enzyme_const;

// Bytes that nothing else says anything about.
void doubles(void *to, void *from) { __enzyme_double(from, 16); memcpy(to, from, 16); }
void floats(void *to, void *from) { __enzyme_float(from, 8); memcpy(to, from, 8); }
void all_floats(void *to, void *from, long n) { __enzyme_float_all(from, -1); memcpy(to, from, n); }
void mixed(char *to, char *from) {
  __enzyme_double_one(from), __enzyme_integer(from + 8, 8), __enzyme_pointer(from + 16, 8);
  memcpy(to, from, 24);
}

// Inactive calls.
double lookup(double x) { return x * x; }
double inactive_call(double x) { return __enzyme_call_inactive((void *)lookup, x) * x; }
int counted;
double count(double x) { counted++; return x * x; }
__attribute__((annotate("enzyme_inactive"))) int rounded(double x) { return (int)x; }
double iterations(double x, int n) { double r = 1; for (int i = 0; i < __enzyme_iter(n); i++) r *= x; return r; }

// An inactive function is called again instead of keeping its result.
__attribute__((annotate("enzyme_inactive"), annotate("enzyme_shouldrecompute"), noinline))
double weight(double x) { counted++; return x + 1; }
double weighted(double *x, int n) {
  double r = 0;
  for (int i = 0; i < n; i++) r += x[i] * x[i] * weight(i);
  return r;
}

typedef struct { double d; long i; double *p; } record;

int main() {
  double to[2] = {0, 0}, dto[2] = {1, 10}, from[2] = {3, 5}, dfrom[2] = {0, 0};
  __enzyme_autodiff_void((void *)doubles, to, dto, from, dfrom);
  printf("doubles {%g, %g} {%g, %g} {%g, %g}\n", to[0], to[1], dto[0], dto[1], dfrom[0], dfrom[1]);
  float fto[2] = {0, 0}, fdto[2] = {1, 10}, ffrom[2] = {3, 5}, fdfrom[2] = {0, 0};
  __enzyme_autodiff_void((void *)floats, fto, fdto, ffrom, fdfrom);
  printf("floats {%g, %g} {%g, %g} {%g, %g}\n", fto[0], fto[1], fdto[0], fdto[1], fdfrom[0], fdfrom[1]);
  fdto[0] = 1, fdto[1] = 10, fdfrom[0] = fdfrom[1] = 0;
  __enzyme_autodiff_void((void *)all_floats, fto, fdto, ffrom, fdfrom, 8l);
  printf("all floats {%g, %g} {%g, %g}\n", fdto[0], fdto[1], fdfrom[0], fdfrom[1]);
  double x = 7, dx = 0;
  record a = {1, 2, &x}, da = {0, 20, &dx}, b = {0, 0, 0}, db = {5, 30, 0};
  __enzyme_autodiff_void((void *)mixed, &b, &db, &a, &da);
  printf("mixed {%g, %ld, %d} {%g, %d} {%g, %ld, %d}\n", b.d, b.i, b.p == &x, db.d, db.p == &dx, da.d, da.i, da.p == &dx);
  printf("inactive %g %g\n", __enzyme_autodiff((void *)inactive_call, 3.0), __enzyme_fwddiff((void *)inactive_call, 3.0, 1.0));
  printf("plain %g %d\n", __enzyme_call_inactive((void *)count, 3.0), counted);
  printf("iterations %g\n", __enzyme_autodiff((void *)iterations, 2.0, 4));
  double w[3] = {1, 2, 3}, dw[3] = {0, 0, 0};
  counted = 0;
  __enzyme_autodiff((void *)weighted, w, dw, 3);
  printf("weights {%g, %g, %g} %d\n", dw[0], dw[1], dw[2], counted);
}
