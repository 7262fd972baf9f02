// Functions whose forward derivatives are compared with central differences.
// Each line `// case NAME` announces `double NAME(double *x, int n)`; n is 6 and x lies in (0.2, 2).
#define _GNU_SOURCE
#include <complex.h>
#include <math.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#define NI __attribute__((noinline))

// case sum_of_squares
double sum_of_squares(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += x[i] * x[i];
  return s;
}

// case elementary
double elementary(double *x, int n) {
  return sin(x[0]) * exp(x[1]) + pow(x[2], x[3]) + log(x[4]) / sqrt(x[5]) + tanh(x[0] * x[1]) +
         atan2(x[2], x[3]) + cbrt(x[4]) + erf(x[5]) + hypot(x[0], x[5]) + expm1(x[1]);
}

// case branches
double branches(double *x, int n) {
  double r = 1;
  for (int i = 0; i < n; i++) {
    if (x[i] > 1) r *= x[i];
    else if (x[i] > 0.5) r += sin(x[i]);
    else r /= 1 + x[i];
  }
  return r;
}

// case switches
double switches(double *x, int n) {
  double r = 0;
  for (int i = 0; i < n; i++)
    switch (i % 4) {
    case 0: r += x[i]; break;
    case 1: r *= x[i]; // fall through
    case 2: r -= x[i] * x[i]; break;
    default: r = r * r;
    }
  return r;
}

// case local_array
double local_array(double *x, int n) {
  double a[6], b[6];
  memcpy(a, x, sizeof a);
  for (int i = 0; i < 6; i++) b[5 - i] = a[i] * a[(i + 1) % 6];
  memmove(a + 1, b, 5 * sizeof *a);
  double s = 0;
  for (int i = 0; i < 6; i++) s += a[i] * (i + 1);
  return s;
}

// case heap
double heap(double *x, int n) {
  double *a = malloc(n * sizeof *a);
  double *b = calloc(n, sizeof *b);
  for (int i = 0; i < n; i++) a[i] = x[i] * x[i];
  for (int i = 0; i < n - 1; i++) b[i] = a[i] * x[i + 1];
  double s = 0;
  for (int i = 0; i < n; i++) s += a[i] + b[i];
  free(a);
  free(b);
  return s;
}

// case growing
double growing(double *x, int n) {
  double *a = NULL;
  int cap = 0;
  for (int i = 0; i < n; i++) {
    if (i >= cap) a = realloc(a, (cap = cap * 2 + 1) * sizeof *a);
    a[i] = i ? a[i - 1] * x[i] : x[i];
  }
  double r = a[n - 1];
  free(a);
  return r;
}

struct stack { double *data; int top, cap; };
static NI void push(struct stack *s, double v) {
  if (s->top == s->cap) s->data = realloc(s->data, (s->cap *= 2) * sizeof(double));
  s->data[s->top++] = v;
}
// case growing_in_a_callee
double growing_in_a_callee(double *x, int n) {
  struct stack s = {malloc(sizeof(double)), 0, 1};
  for (int i = 0; i < n; i++) push(&s, x[i] * (i + 1));
  double r = 1;
  while (s.top) r *= s.data[--s.top];
  free(s.data);
  return r;
}

struct pair { double a, b; };
static NI struct pair swap(struct pair p) { struct pair q = {p.b * 2, p.a * p.b}; return q; }
// case struct_values
double struct_values(double *x, int n) {
  struct pair p = {x[0], x[1]};
  for (int i = 0; i < 3; i++) p = swap(p);
  return p.a + p.b;
}

struct big { double v[4]; int tag; };
static NI struct big scale(struct big in, double k) {
  for (int i = 0; i < 4; i++) in.v[i] *= k;
  in.tag++;
  return in;
}
// case struct_memory
double struct_memory(double *x, int n) {
  struct big s = {{x[0], x[1], x[2], x[3]}, 3};
  struct big t = scale(s, x[4]);
  return t.v[0] * t.v[3] + s.v[1] + t.v[2] * t.tag;
}

static NI double power(double x, int k) { return k == 0 ? 1 : x * power(x, k - 1); }
// case recursion
double recursion(double *x, int n) { return power(x[0], 5) + power(x[1], n); }

static NI double odd(double x, int k);
static NI double even(double x, int k) { return k == 0 ? x : sin(odd(x, k - 1)); }
static NI double odd(double x, int k) { return k == 0 ? x * x : 1.5 * even(x, k - 1); }
// case mutual_recursion
double mutual_recursion(double *x, int n) { return even(x[2], 5) + odd(x[3], 4); }

static NI void stats(const double *x, int n, double *mean, double *var) {
  double m = 0, v = 0;
  for (int i = 0; i < n; i++) m += x[i];
  m /= n;
  for (int i = 0; i < n; i++) v += (x[i] - m) * (x[i] - m);
  *mean = m;
  *var = v / n;
}
// case out_parameters
double out_parameters(double *x, int n) {
  double m, v;
  stats(x, n, &m, &v);
  return m * v;
}

// case in_place
double in_place(double *x, int n) {
  for (int k = 0; k < 3; k++)
    for (int i = 1; i < n; i++) x[i] = x[i] * 0.5 + x[i - 1] * x[i] * 0.25;
  return x[n - 1];
}

// case floats
double floats(double *x, int n) {
  float a = (float)x[0], b = (float)x[1];
  float c = sinf(a) * b + powf(b, 1.5f);
  return c * x[2];
}

// case wide
double wide(double *x, int n) {
  long double a = x[0], b = x[1];
  long double c = sinl(a) * b + a / b + fabsl(a - b);
  return (double)c;
}

// case halves
double halves(double *x, int n) {
  _Float16 a = (_Float16)x[0];
  __bf16 b = (__bf16)1.5f;
  return (double)(a * a) * 0 + x[1] * (float)b;
}

// case bits_move
double bits_move(double *x, int n) {
  uint64_t a, b;
  memcpy(&a, x, 8);
  memcpy(&b, x + 1, 8);
  if (n > 3) { uint64_t t = a; a = b; b = t; }
  double u, v;
  memcpy(&u, &a, 8);
  memcpy(&v, &b, 8);
  return u * u * v;
}

// case bits_sign
double bits_sign(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    union { double d; uint64_t u; } a = {.d = x[i] - 1};
    a.u &= 0x7fffffffffffffffull;
    double t = a.d;
    a.u ^= 0x8000000000000000ull;
    s += t * x[i] + a.d * a.d;
  }
  return s;
}

struct mixed { float f; int i; };
static NI struct mixed bump(struct mixed m) { m.f *= m.f; m.i++; return m; }
// case mixed_in_a_register
double mixed_in_a_register(double *x, int n) {
  struct mixed m = {(float)x[0], 2};
  m = bump(bump(m));
  return m.f * m.i * x[1];
}

struct two { float a, b; };
static NI struct two turn(struct two t) { struct two r = {t.b, t.a * t.b}; return r; }
// case two_floats_in_a_register
double two_floats_in_a_register(double *x, int n) {
  struct two t = {(float)x[0], (float)x[1]};
  t = turn(turn(t));
  return t.a + 2 * t.b;
}

struct node { double v; struct node *next; };
// case linked_list
double linked_list(double *x, int n) {
  struct node *head = NULL;
  for (int i = 0; i < n; i++) {
    struct node *c = malloc(sizeof *c);
    c->v = x[i] * x[i];
    c->next = head;
    head = c;
  }
  double s = 0, k = 1;
  while (head) {
    struct node *c = head;
    s += k * c->v;
    k *= s;
    head = c->next;
    free(c);
  }
  return s;
}

// case newton
double newton(double *x, int n) {
  double r = x[0];
  int it = 0;
  while (fabs(r * r - x[1]) > 1e-13 && it++ < 50) r = 0.5 * (r + x[1] / r);
  return r * x[2];
}

// case extrema
double extrema(double *x, int n) {
  double m = x[0], l = x[0];
  for (int i = 1; i < n; i++) { m = fmax(m, x[i]); l = fmin(l, x[i]); }
  return m * m - l + copysign(x[2], -1.0) + fdim(x[3], 0.1) + fmod(x[5], 0.3);
}

// case several_results
double several_results(double *x, int n) {
  double s, c, i;
  int e;
  sincos(x[0], &s, &c);
  double f = modf(x[1] * 3, &i);
  double g = frexp(x[2], &e);
  return s * c + f + g * e + ldexp(x[3], 2) + i;
}

// case memset_clears
double memset_clears(double *x, int n) {
  double a[4] = {x[0], x[1], x[2], x[3]};
  if (n > 2) memset(a + 1, 0, 2 * sizeof *a);
  for (int i = 0; i < 4; i++) a[i] += x[4];
  return a[0] * a[1] * a[2] * a[3];
}

static const double table[6] = {1, 2, 3, 4, 5, 6};
// case constant_table
double constant_table(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += table[i] * x[n - 1 - i];
  return s * s;
}

// case variable_length
double variable_length(double *x, int n) {
  double a[n];
  for (int i = 0; i < n; i++) a[i] = exp(-x[i]);
  double s = 0;
  for (int i = 0; i < n; i++) s += a[i] * a[n - 1 - i];
  return s;
}

static NI double complex csq(double complex z) { return z * z + 1; }
// case complex_values
double complex_values(double *x, int n) {
  double complex z = x[0] + x[1] * I;
  z = csq(csq(z));
  return creal(z) * cimag(z);
}

// case pointer_choice
double pointer_choice(double *x, int n) {
  double a[3] = {x[0], x[1], x[2]}, b[3] = {x[3], x[4], x[5]};
  double s = 0;
  for (int i = 0; i < 3; i++) {
    double *p = a[i] > b[i] ? a : b;
    p[i] *= 2;
    s += p[(i + 1) % 3] * p[i];
  }
  return s;
}

// case pointers_in_memory
double pointers_in_memory(double *x, int n) {
  double *rows[3];
  for (int i = 0; i < 3; i++) rows[i] = x + 2 * i;
  double *t = rows[0];
  rows[0] = rows[2];
  rows[2] = t;
  double s = 1;
  for (int i = 0; i < 3; i++) s += rows[i][0] * rows[i][1] * (i + 1);
  return s;
}

// case prints
double prints(double *x, int n) {
  double y = x[0] * x[1];
  if (n < 0) printf("%f\n", y);
  return y * y;
}

static NI void axpy(int n, double a, const float *restrict u, float *restrict v) {
  for (int i = 0; i < n; i++) v[i] += (float)a * u[i];
}
// case vectorized_floats
double vectorized_floats(double *x, int n) {
  float u[64], v[64];
  for (int i = 0; i < 64; i++) { u[i] = (float)x[i % 6]; v[i] = (float)(x[(i + 1) % 6] * i); }
  axpy(64, x[2], u, v);
  float s = 0;
  for (int i = 0; i < 64; i++) s += v[i] * u[63 - i];
  return s;
}

// case vectorized_extrema
double vectorized_extrema(double *x, int n) {
  double a[32], m = -1e30;
  for (int i = 0; i < 32; i++) a[i] = x[i % 6] * (i + 1) + (i == 20 ? 30 : 0);
  for (int i = 0; i < 32; i++) m = a[i] > m ? a[i] : m;
  return m * x[0];
}

struct holder { int count; double *data; const char *name; };
static NI double total(struct holder h) {
  double s = 0;
  for (int i = 0; i < h.count; i++) s += h.data[i] * h.data[i];
  return s + (h.name[0] == 'a');
}
// case holder_by_value
double holder_by_value(double *x, int n) {
  struct holder h = {n, x, "abc"};
  return total(h);
}

// case early_exit
double early_exit(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    if (s > 2.5) return s * x[i];
    s += x[i] * x[i];
    if (x[i] > 1.9) break;
  }
  return s + 1;
}

// case constants_or_variables
double constants_or_variables(double *x, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) {
    const double *p = x[i] > 1 ? x : table;
    s += p[i] * x[n - 1 - i];
  }
  return s;
}

// case vectorized_product
double vectorized_product(double *x, int n) {
  double a[32], p = 1, l = 1e30;
  for (int i = 0; i < 32; i++) a[i] = 1 + 0.01 * x[i % 6] * i;
  for (int i = 0; i < 32; i++) p *= a[i];
  for (int i = 0; i < 32; i++) l = fmin(l, a[i] * x[1]);
  return p + l;
}

static NI double indexed(const double *restrict v, const int *restrict at, int n) {
  double s = 0;
  for (int i = 0; i < n; i++) s += v[at[i]] * v[at[i]];
  return s;
}
static NI void scattered(double *restrict to, const int *restrict at, const double *restrict v, int n) {
  for (int i = 0; i < n; i++)
    if (v[i] > 1) to[at[i]] = v[i] * 3;
}
// case gathers_and_scatters
double gathers_and_scatters(double *x, int n) {
  int at[64];
  double v[64], to[64];
  for (int i = 0; i < 64; i++) { at[i] = (i * 5 + 3) % 64; v[i] = x[i % 6] * (1 + i % 3); to[i] = x[0]; }
  scattered(to, at, v, 64);
  return indexed(v, at, 64) + indexed(to, at, 64) * x[2];
}

// case atomics
double atomics(double *x, int n) {
  double s = 0, t = x[0];
  for (int i = 0; i < n; i++) __atomic_fetch_add(&s, x[i] * x[i], __ATOMIC_RELAXED);
  double old;
  __atomic_exchange(&t, &s, &old, __ATOMIC_SEQ_CST);
  return old * t;
}

struct inner { float w[3]; short k; };
struct outer { struct inner in[2]; double *p; long n; };
static NI double weigh(struct outer *o) {
  double s = 0;
  for (int j = 0; j < 2; j++)
    for (int i = 0; i < 3; i++) s += o->in[j].w[i] * o->p[i + j] * o->in[j].k;
  return s / o->n;
}
// case nested_structs_floats
double nested_structs_floats(double *x, int n) {
  struct outer a, b;
  for (int j = 0; j < 2; j++) {
    for (int i = 0; i < 3; i++) a.in[j].w[i] = (float)x[i + j];
    a.in[j].k = (short)(j + 1);
  }
  a.p = x;
  a.n = n;
  b = a;
  b.in[1] = a.in[0];
  return weigh(&a) + weigh(&b);
}

static NI double *pick(double *a, double *b, int c) { return c ? a : b; }
// case returned_pointers
double returned_pointers(double *x, int n) {
  double y[2] = {x[0], x[1]}, s = 0;
  for (int i = 0; i < 4; i++) {
    double *p = pick(y, x + 2, i & 1);
    p[0] *= p[1];
    s += p[0];
  }
  return s;
}

// case strings_and_sorting
double strings_and_sorting(double *x, int n) {
  int order[6] = {0, 1, 2, 3, 4, 5};
  for (int i = 0; i < n; i++)
    for (int j = i + 1; j < n; j++)
      if (x[order[j]] < x[order[i]]) { int t = order[i]; order[i] = order[j]; order[j] = t; }
  char text[64];
  snprintf(text, sizeof text, "%g", x[order[0]]);
  double s = 0, w = strlen(text) > 0;
  for (int i = 0; i < n; i++) s += (w *= 0.5) * x[order[i]];
  return s;
}
