// Requests that call the same functions in different circumstances: each gets the derivative that its own need. Every
// line compares gradients with differences of the program itself. `together.out` is what it prints.
#include <math.h>
#include <stdio.h>
#include <string.h>
#define N 6
extern int enzyme_dup, enzyme_const, enzyme_width, enzyme_runtime_activity, enzyme_strong_zero;
double __enzyme_autodiff(void *, ...);
double __enzyme_fwddiff(void *, ...);
typedef struct { void *tape; double value; } Augmented;
Augmented __enzyme_augmentfwd(void *, ...);
void __enzyme_reverse(void *, ...);

// Too large to be inlined: some rounds of the same, written out.
#define ROUND(k) \
  for (int i = 0; i < n; i++) { \
    double t = x[i] * y[i] + k * 0.1; \
    if (t > 0.3 * k) t = sin(t); else t = t / (1 + t * t); \
    y[i] = y[i] * 0.7 + t * x[(i + k) % n]; \
  }
#define ROUNDS ROUND(1) ROUND(2) ROUND(3) ROUND(4) ROUND(5)
static __attribute__((noinline)) double mix(const double *x, double *y, int n) {
  double s = 0;
  ROUNDS
  for (int i = 0; i < n; i++) s += y[i] * y[i];
  return s;
}
// A partial that is infinite at zero.
static __attribute__((noinline)) double sums(const double *x, double *y, int n) {
  double s = 0;
  ROUNDS
  for (int i = 0; i < n; i++) s += y[i] * 1e-3 + x[n - 1] * log(x[i]);
  return s;
}
// Writes nothing.
#define TERM(k) for (int i = 0; i < n; i++) s += x[i] * y[(i + k) % n] * sin(k * x[(i * k) % n] + s * 0.1 * y[i]);
static __attribute__((noinline)) double weigh(const double *x, const double *y, int n) {
  double s = 0;
  TERM(1) TERM(2) TERM(3) TERM(4) TERM(5)
  return s;
}
// Moves words: what they are, only callers know.
typedef long __attribute__((may_alias)) Word;
#define SWAPS(k) \
  for (int i = 0; i < n; i += 2) { Word t = to[i]; to[i] = spare[n - 1 - i]; spare[n - 1 - i] = t; } \
  for (int i = 0; i + k < n; i += k + 1) { Word t = to[i]; to[i] = to[i + k]; to[i + k] = t; } \
  for (int i = 0; i + 1 < n; i += 2) { Word t = spare[i]; spare[i] = spare[i + 1]; spare[i + 1] = from[(i + k) % n]; if (k % 2) to[i] = t; }
static __attribute__((noinline)) void deal(Word *to, const Word *from, Word *spare, int n) {
  for (int i = 0; i < n; i++) { spare[i] = to[i]; to[i] = from[(i + 1) % n]; }
  SWAPS(1) SWAPS(2) SWAPS(3) SWAPS(4)
}

// Nothing that `mix` read changes afterwards.
static double keeps(double *x, double *y) { return mix(x, y, N) * y[1]; }
// Everything does.
static double overwrites(double *x, double *y) {
  double s = mix(x, y, N);
  for (int i = 0; i < N; i++) { x[i] = s * 0.01; y[i] *= x[i]; }
  return s + y[2] + mix(x, y, N);
}
// Only the numbers that are read.
static double overwrites_x(double *x, double *y) {
  double s = mix(x, y, N);
  for (int i = 0; i < N; i++) x[i] = i * 0.2;
  return s * s + y[0];
}
// The result is not used.
static double ignores(double *x, double *y) { mix(x, y, N); return y[3] * x[0]; }
// One and the same memory is both.
static double one(double *x, double *y) { return mix(x, x, N) + y[0] * x[1]; }
// In a loop, what is written last is read next.
static double again(double *x, double *y) {
  double s = 0;
  for (int k = 0; k < 4; k++) s += mix(x, y, N) * x[k];
  return s;
}
// Active numbers, or none, at the same places.
static double of_table(double *x, double *y) {
  double table[N] = {1, 0.5, 0.35, 2, 1.5, 0.75};
  return mix(table, y, N) + x[1] * mix(x, table, N);
}
static double of_few(double *x, double *y) { return mix(x, y, 3) * mix(x + 2, y + 3, 2); }
static double logs(double *x, double *y) { return sums(x, y, N) + y[1]; }
static double more_logs(double *x, double *y) { return sums(x, y, N - 1) + x[1] * sums(y, x, N - 2); }
static double weighed(double *x, double *y) { return weigh(x, y, N) * y[2]; }
static double weighed_first(double *x, double *y) {
  double s = weigh(x, y, N);
  for (int i = 0; i < N; i++) x[i] *= s;
  return s * x[3] + y[4];
}
static double doubles(double *x, double *y) {
  double to[N] = {x[0] * x[1], 1, x[2]}, spare[N] = {0};
  deal((Word *)to, (const Word *)y, (Word *)spare, N);
  double s = 0;
  for (int i = 0; i < N; i++) s += to[i] * spare[i] * (i + 1) + to[i] * x[i];
  return s;
}
static double floats(double *x, double *y) {
  float from[2 * N], to[2 * N] = {0}, spare[2 * N] = {0};
  for (int i = 0; i < N; i++) { from[2 * i] = (float)x[i]; from[2 * i + 1] = (float)(y[i] * x[i]); to[i] = (float)y[i]; }
  deal((Word *)to, (const Word *)from, (Word *)spare, N);
  double s = 0;
  for (int i = 0; i < 2 * N; i++) s += to[i] * (i + 1.0) + spare[i] * to[i];
  return s;
}
static double numbers(double *x, double *y) {
  Word from[N], to[N] = {0}, spare[N] = {0};
  for (int i = 0; i < N; i++) { from[i] = i * 3 % N; to[i] = N - 1 - i; }
  deal(to, from, spare, N);
  double s = 0;
  for (int i = 0; i < N; i++) s += x[to[i] % N] * y[spare[i] % N] * (i + 1);
  return s;
}

static const double X[N] = {0.9, 1.3, 0.4, 1.1, 0.6, 1.7}, Y[N] = {0.5, 1.2, 0.8, 1.4, 0.3, 1};
typedef double F(double *, double *);

static double at(F *f, int k, double h) {
  double x[N], y[N];
  memcpy(x, X, sizeof x);
  memcpy(y, Y, sizeof y);
  (k < N ? x : y)[k % N] += h;
  return f(x, y);
}
// How far `g`, a gradient in x and then y, is off.
static const char *judge(F *f, const double *g, int from, int to, double h, double most) {
  double worst = 0;
  for (int k = from; k < to; k++) {
    double d = (at(f, k, h) - at(f, k, -h)) / (2 * h);
    double off = fabs(d - g[k]) / (1 + fabs(d));
    if (!(off <= worst)) worst = off;
  }
  return worst < most ? "right" : "WRONG";
}

#define START double x[N], y[N], g[2 * N] = {0}; memcpy(x, X, sizeof x); memcpy(y, Y, sizeof y)
#define BOTH(f, h, most) do { \
  START; \
  __enzyme_autodiff((void *)f, enzyme_dup, x, g, enzyme_dup, y, g + N); \
  double t[2 * N]; \
  for (int k = 0; k < 2 * N; k++) { \
    double dx[N] = {0}, dy[N] = {0}; \
    memcpy(x, X, sizeof x); \
    memcpy(y, Y, sizeof y); \
    (k < N ? dx : dy)[k % N] = 1; \
    t[k] = __enzyme_fwddiff((void *)f, enzyme_dup, x, dx, enzyme_dup, y, dy); \
  } \
  printf(#f " %s %s\n", judge(f, g, 0, 2 * N, h, most), judge(f, t, 0, 2 * N, h, most)); } while (0)
#define HALVES(f) do { \
  START; \
  void *tape = __enzyme_augmentfwd((void *)f, enzyme_dup, x, g, enzyme_dup, y, g + N).tape; \
  memset(x, 0xff, sizeof x); \
  memset(y, 0xff, sizeof y); \
  __enzyme_reverse((void *)f, enzyme_dup, x, g, enzyme_dup, y, g + N, 1.0, tape); \
  printf(#f " in halves %s\n", judge(f, g, 0, 2 * N, 1e-6, 1e-7)); } while (0)
#define X_ONLY(f) do { \
  START; \
  __enzyme_autodiff((void *)f, enzyme_dup, x, g, enzyme_const, y); \
  printf(#f " in x %s\n", judge(f, g, 0, N, 1e-6, 1e-7)); } while (0)
#define Y_ONLY(f) do { \
  START; \
  __enzyme_autodiff((void *)f, enzyme_const, x, enzyme_dup, y, g + N); \
  printf(#f " in y %s\n", judge(f, g, N, 2 * N, 1e-6, 1e-7)); } while (0)
#define ANYWHERE(f) do { \
  START; \
  __enzyme_autodiff((void *)f, enzyme_runtime_activity, enzyme_dup, x, x, enzyme_dup, y, g + N); \
  printf(#f " inactive when it runs %s %d\n", judge(f, g, N, 2 * N, 1e-6, 1e-7), !memcmp(x, X, sizeof x)); } while (0)
#define TWICE(f) do { \
  START; \
  double h[2 * N] = {0}; \
  __enzyme_autodiff((void *)f, enzyme_width, 2, enzyme_dup, x, g, h, enzyme_dup, y, g + N, h + N); \
  printf(#f " twice %s %s\n", judge(f, g, 0, 2 * N, 1e-6, 1e-7), judge(f, h, 0, 2 * N, 1e-6, 1e-7)); } while (0)

int main() {
  BOTH(keeps, 1e-6, 1e-7); BOTH(overwrites, 1e-6, 1e-7); BOTH(overwrites_x, 1e-6, 1e-7); BOTH(ignores, 1e-6, 1e-7);
  BOTH(again, 1e-6, 1e-6); BOTH(of_table, 1e-6, 1e-7); BOTH(of_few, 1e-6, 1e-7); BOTH(logs, 1e-6, 1e-7); BOTH(more_logs, 1e-6, 1e-7);
  BOTH(weighed, 1e-6, 1e-7); BOTH(weighed_first, 1e-6, 1e-7);
  BOTH(doubles, 1e-6, 1e-7); BOTH(floats, 1e-2, 1e-4); BOTH(numbers, 1e-6, 1e-7);
  HALVES(keeps); HALVES(overwrites); HALVES(again); HALVES(of_few);
  X_ONLY(weighed); X_ONLY(weighed_first); Y_ONLY(weighed); Y_ONLY(keeps); Y_ONLY(again);
  ANYWHERE(keeps); ANYWHERE(of_few); ANYWHERE(weighed);
  TWICE(keeps); TWICE(overwrites); TWICE(again);
  // Zero times infinity is not a number, unless zero is asked to win.
  { START; double none[N] = {0};
    __enzyme_autodiff((void *)logs, enzyme_dup, none, g, enzyme_dup, y, g + N);
    printf("usual zero %d\n", isnan(g[0]));
    memset(g, 0, sizeof g);
    __enzyme_autodiff((void *)logs, enzyme_strong_zero, enzyme_dup, none, g, enzyme_dup, y, g + N);
    printf("strong zero %d\n", isnan(g[0])); }
}
