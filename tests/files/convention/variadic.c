// SANITIZED
// Variadic functions of the user's own, with active arguments and with arguments that are only printed.
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
typedef struct { double a, b; } D2;
typedef struct { void *tape; double r; } TR;
double __enzyme_autodiff(void *, ...), __enzyme_fwddiff(void *, ...), __enzyme_reverse(void *, ...);
D2 __enzyme_fwddiff_2(void *, ...);
TR __enzyme_augmentfwd(void *, ...);
double __enzyme_fwdsplit(void *, ...);
extern int enzyme_width, enzyme_nofree;

// Floats in a row.
static double sum(int n, ...) {
  va_list list;
  double s = 0;
  va_start(list, n);
  for (int i = 0; i < n; i++) s += (i + 1) * va_arg(list, double);
  va_end(list);
  return s;
}
static double rows(double x) { return sum(3, x, x * x, 2.0) * sum(1, x); }

// More than there are registers, other kinds between them, read by position.
static double mixed(double first, ...) {
  va_list list;
  va_start(list, first);
  double s = first;
  for (int i = 0; i < 4; i++) {
    int n = va_arg(list, int);
    double v = va_arg(list, double);
    const char *t = va_arg(list, const char *);
    long k = va_arg(list, long);
    s += n * v * k + strlen(t);
  }
  va_end(list);
  return s;
}
static double kinds(double x) {
  return mixed(x, 1, x * x, "a", 2L, 3, sin(x), "bc", 4L, 5, x, "", 6L, 7, exp(x), "d", 8L, (long double)x);
}

// Aligned by sixteen.
static double wide(int n, ...) {
  va_list list;
  va_start(list, n);
  double a = va_arg(list, double);
  long double b = va_arg(list, long double);
  double c = va_arg(list, double);
  va_end(list);
  return a * (double)b * c + n;
}
static double aligned(double x) { return wide(3, x, (long double)x * x, x + 1) + wide(1, x, 2.0L, x); }

// Structs by value, small and large, and pointers to numbers.
typedef struct { double v[4]; int n; } Big;
typedef struct { double w; int n; } Small;
typedef struct { float a, b, c; } Three;
static double structs(int n, ...) {
  va_list list;
  va_start(list, n);
  Big big = va_arg(list, Big);
  Small small = va_arg(list, Small);
  D2 two = va_arg(list, D2);
  Three three = va_arg(list, Three);
  double *p = va_arg(list, double *);
  va_end(list);
  double s = small.w * small.n + two.a * two.b + three.a * three.b * three.c + *p;
  s += big.v[0] + 2 * big.v[1] + 3 * big.v[2] + big.n * big.v[3];
  *p *= 2;
  return s * n;
}
static double by_value(double x) {
  double y = x * x;
  Big b = {{x, 2 * x, 3 * x, x * x}, 4};
  double r = structs(2, b, (Small){x * 3, 5}, (D2){x, y}, (Three){x, 2 * x, 3}, &y);
  return r + y;
}

// The list is handed on, copied, and read twice.
static double total(int n, va_list list) {
  double s = 0;
  while (n--) s += va_arg(list, double);
  return s;
}
static __attribute__((noinline)) double twice(int n, ...) {
  va_list list, again;
  va_start(list, n);
  va_copy(again, list);
  double s = total(n, list);
  s *= total(n, again);
  va_end(again);
  va_end(list);
  return s;
}
static double copies(double x) { return twice(2, x, x * x); }

// A sentinel ends the list; recursion; a loop that calls.
static __attribute__((noinline)) double until(double first, ...) {
  va_list list;
  double s = 1;
  va_start(list, first);
  for (double v = first; v != 0; v = va_arg(list, double)) s *= v;
  va_end(list);
  return s;
}
static double deep(int depth, ...) {
  va_list list;
  va_start(list, depth);
  double x = va_arg(list, double);
  va_end(list);
  return depth ? x * deep(depth - 1, x + 1) : x;
}
static double many(double x) {
  double s = 0;
  for (int i = 1; i <= 3; i++) s += until(x, x + i, (double)i, 0.0) + deep(i, x * i);
  return s;
}

// Only printed, or written as text.
static int lines;
static void note(const char *format, ...) {
  char text[64];
  va_list list;
  va_start(list, format);
  vsnprintf(text, sizeof text, format, list);
  va_end(list);
  lines += (int)strlen(text);
  va_start(list, format);
  vprintf(format, list);
  va_end(list);
}
static double logged(double x, double *p) {
  double s = 0;
  for (int i = 0; i < 2; i++) {
    s += x * p[i] * p[i];
    note("step %d: %.3f %s\n", i, s, "ok");
    char own[32];
    snprintf(own, sizeof own, "%g %d", s, i);
    lines += own[0];
  }
  return s;
}

int main() {
  double x = 1.25;
#define ALL(f, tolerance) \
  { \
    double g = __enzyme_autodiff((void *)f, x), t = __enzyme_fwddiff((void *)f, x, 1.0); \
    D2 d = __enzyme_fwddiff_2((void *)f, enzyme_width, 2, x, 1.0, -2.0); \
    TR a = __enzyme_augmentfwd((void *)f, x); \
    double r = __enzyme_reverse((void *)f, x, 1.0, a.tape); \
    double c = (f(x + 1e-5) - f(x - 1e-5)) / 2e-5; \
    printf("%s %.8g %.6g: %d\n", #f, f(x), g, \
           fabs(g - c) < tolerance * fabs(g) && fabs(t - g) < 1e-12 * fabs(g) && fabs(d.a - g) < 1e-12 * fabs(g) && \
               fabs(d.b + 2 * g) < 1e-12 * fabs(g) && r == g && a.r == f(x)); \
  }
  ALL(rows, 1e-6)
  ALL(kinds, 1e-6)
  ALL(aligned, 1e-6)
  ALL(by_value, 1e-2) // floats
  ALL(copies, 1e-6)
  ALL(many, 1e-6)
  double p[2] = {2, 3}, d[2] = {0, 0};
  double g = __enzyme_autodiff((void *)logged, x, p, d);
  printf("%g %g %g %d\n", g, d[0], d[1], lines);
  double e[2] = {1, 10};
  double t = __enzyme_fwddiff((void *)logged, x, 1.0, p, e);
  printf("%g %d\n", t, lines);
}
